"""Where in NEW's answer, or in the call, the value of a member that OLD had still stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.changes.agreement import same
from harness.changes.members import information
from harness.changes.node import Sample
from harness.lens.answer import ABSENT, Answer
from harness.lens.conversions import CONVERSIONS, UNFIT
from harness.lens.likeness import name_similarity
from harness.lens.source import fetcher
from harness.model.json_text import Json
from harness.model.paths import Path, format_path

_DEPTH = 3
_MOST = 400
_NAMES = 1.0
"""That a list is just the names of the rows, in their order, is no chance, however short they are."""
_CONVERSIONS = ("", "string-to-integer", "integer-to-string", "string-to-number", "number-to-string")


@dataclass(frozen=True)
class Source:
    """`text` is the source's form (harness.lens.source), `using` a conversion; it had OLD's value in `covered` samples."""

    text: str
    using: str
    covered: int
    information: float
    likeness: float


def sources(samples: Sequence[Sample], key: str) -> list[Source]:
    """Every source that has OLD's value of member `key` wherever it has one, the most trustworthy first."""
    having = [sample for sample in samples if key in sample.old]
    found: dict[tuple[str, str], Source] = {}
    for sample in having[:3]:
        for text in _holding(sample, sample.old[key]):
            for using in _CONVERSIONS:
                if (text, using) not in found and (source := _checked(having, key, text, using)):
                    found[text, using] = source
    return sorted(
        found.values(),
        key=lambda source: (-source.covered, -source.likeness, bool(source.using), len(source.text), source.text),
    )


def _checked(samples: Sequence[Sample], key: str, text: str, using: str) -> Source | None:
    fetch = fetcher(text)
    convert = CONVERSIONS[using].forward if using else None
    agreed: list[Json] = []
    for sample in samples:
        value = fetch(sample.new, sample.answer)
        if convert is not None and value is not ABSENT:
            value = convert(value)
        if value is ABSENT or value is UNFIT:
            continue
        if not same(sample.old[key], value):
            return None
        agreed.append(value)
    if not agreed:
        return None
    told = information(agreed) + (_NAMES if text.startswith("keys(") else 0.0)
    return Source(text, using, len(agreed), told, name_similarity(key, _last_name(text)))


def _last_name(text: str) -> str:
    return text.rstrip(")").replace("(", ".").split(".")[-1].strip("'\"[]0")


def _holding(sample: Sample, wanted: Json) -> Iterator[str]:
    """Sources that could hold the value in one sample; only texts and numbers are compared loosely, for a conversion to fit."""
    for path in _paths_to(sample.new, wanted):
        yield "@" + format_path(path)[1:]
    for path in _paths_to(sample.answer.body, wanted):
        yield format_path(path)
    for path in _paths_to(sample.answer.received, wanted):
        yield f"received({format_path(path)})"
    yield from _in_call(sample.answer, wanted)
    if isinstance(wanted, list):
        yield from _names_of_rows(sample.answer, wanted)
    if isinstance(wanted, int) and not isinstance(wanted, bool):
        yield from _counts(sample.answer, wanted)


def _in_call(answer: Answer, wanted: Json) -> Iterator[str]:
    if not isinstance(wanted, (str, int, float)) or isinstance(wanted, bool):
        return
    text = str(wanted)
    yield from (f"path({name})" for name, value in answer.call.variables.items() if value == text)
    yield from (f"query({name})" for name, value in answer.call.query.items() if value == text)
    yield from (
        f"header({name.lower()})" for name, value in answer.headers if value == text and "date" not in name.lower()
    )


def _names_of_rows(answer: Answer, wanted: list[Json]) -> Iterator[str]:
    for path, value in _walk(answer.received):
        if isinstance(value, dict) and list(value) == wanted and wanted:
            yield f"keys(received({format_path(path)}))"


def _counts(answer: Answer, wanted: int) -> Iterator[str]:
    for path, value in _walk(answer.received):
        if isinstance(value, list) and len(value) == wanted and wanted > 1:
            yield f"count(received({format_path(path)}))"


def _paths_to(value: Json, wanted: Json) -> Iterator[Path]:
    if wanted is None or isinstance(wanted, bool) or wanted in ("", [], {}):
        return
    loose = str(wanted) if isinstance(wanted, (str, int, float)) else None
    for path, item in _walk(value):
        if path and (
            same(wanted, item) or (loose is not None and isinstance(item, (str, int, float)) and str(item) == loose)
        ):
            yield path


def _walk(value: Json) -> Iterator[tuple[Path, Json]]:
    """Members to a small depth, and the first element of lists: no index but 0 means anything in another answer."""
    queue: list[tuple[Path, Json]] = [((), value)]
    seen = 0
    while queue and seen < _MOST:
        path, item = queue.pop(0)
        seen += 1
        yield path, item
        if len(path) >= _DEPTH:
            continue
        if isinstance(item, dict):
            queue += [((*path, name), inner) for name, inner in item.items()]
        elif isinstance(item, list) and item:
            queue.append(((*path, 0), item[0]))
