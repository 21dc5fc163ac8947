"""What happened to the answers' headers: which went, came or changed, and where the value of a lost one still stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from harness.changes.difference import Difference, Differs
from harness.changes.header_values import values_of
from harness.changes.kind import named
from harness.changes.node import Sample
from harness.changes.sources import sources
from harness.changes.telling import telling_apart
from harness.lens.answer import ABSENT, Answer
from harness.lens.source import fetcher
from harness.lens.step import Step
from harness.lens.steps.drop_header import DropHeader
from harness.lens.steps.set_header import SetHeader
from harness.model.change import Support
from harness.model.exchange import Headers
from harness.model.json_text import Json

VOLATILE = frozenset(
    [
        "date",
        "content-length",
        "transfer-encoding",
        "connection",
        "keep-alive",
        "etag",
        "age",
        "set-cookie",
        "content-encoding",
        "x-request-id",
        "x-runtime",
        "x-response-time",
        "server-timing",
        "x-correlation-id",
        "trailer",
        "upgrade",
        "last-modified",
    ]
)
"""Of the connection, the moment or the body's bytes: two answers of one version differ in them."""


_DIFFERENT = 2
_FEW = 4
_MANY = 20
_SURE = 1.5
_SAME_TEXT = ("", "string-to-integer", "integer-to-string")
"""Conversions that change nothing once the value is written into a header."""


@dataclass(frozen=True)
class HeaderCase:
    """One pair's headers; `answer` is NEW's answer as it came, for finding where a value still stands."""

    number: int
    old: Headers
    new: Headers
    answer: Answer

    @cached_property
    def old_values(self) -> Mapping[str, str]:
        """OLD's values by name, in lower case."""
        return values_of(self.old)

    @cached_property
    def old_names(self) -> Mapping[str, str]:
        """OLD's names as they are written, by name in lower case."""
        return {name.lower(): name for name, _ in self.old}

    @cached_property
    def new_values(self) -> Mapping[str, str]:
        """NEW's values by name, in lower case."""
        return values_of(self.new)

    @property
    def status_class(self) -> int:
        """The first digit of NEW's status."""
        return self.answer.status // 100


@dataclass(frozen=True)
class HeaderChange:
    """`kind` is a kind's id; `step` is None where nothing brings the header back (`reason` says why)."""

    kind: str
    header: str
    message: str
    support: Support
    old: str | None
    new: str | None
    step: Step | None
    reason: str = ""


def header_names(cases: Sequence[HeaderCase]) -> list[str]:
    """Every header on either side, in lower case, less the volatile ones."""
    names = dict.fromkeys(name for case in cases for name in (*case.old_values, *case.new_values))
    return [name for name in names if name not in VOLATILE]


def usual_value(name: str, cases: Sequence[HeaderCase], whole: Sequence[HeaderCase]) -> bool:
    """Whether these answers have OLD's usual value of a header: that of at least four in five of all that have it."""
    values = Counter(text for case in whole if (text := case.old_values.get(name)) is not None)
    if not values:
        return False
    usual, count = values.most_common(1)[0]
    return (
        count * 5 >= values.total() * 4
        and count > 1
        and all(case.old_values.get(name) in (usual, None) for case in cases)
    )


def header_change(name: str, cases: Sequence[HeaderCase], least: int) -> HeaderChange | None:
    """What happened to one header in a group of answers; None where nothing did.

    It is brought back where OLD's value was one and the same in at least `least` answers, or where it stands in the body
    or the call; where OLD did not always send it, only in cases that can be told apart.
    """
    differing = [case for case in cases if case.old_values.get(name) != case.new_values.get(name)]
    if not differing:
        return None
    having = [case for case in cases if case.old_values.get(name) is not None]
    lacking = [case for case in cases if case.old_values.get(name) is None]
    known = {case.old_values.get(name) for case in having}
    here, there = differing[0].old_values.get(name), differing[0].new_values.get(name)
    support = Support(len(cases), len(differing), len(known))
    kind, message = _named(name, cases, len(differing))
    if not having:
        return HeaderChange(kind, name, message, support, here, there, DropHeader(header=name))
    removed = all(case.new_values.get(name) is None for case in differing if case in having)
    written = having[0].old_names[name]
    step = (
        _counted(written, name, having, lacking)
        or _constant(written, name, having, lacking, least)
        or _found(written, name, having, lacking)
        or _found_in_most(written, name, having, lacking)
    )
    if step is None:
        reason = "its value stands nowhere in NEW's answer" if removed else "nothing tells OLD's value"
        return HeaderChange(kind, name, message, support, here, there, None, reason)
    return HeaderChange(kind, name, message, support, here, there, step)


def _named(name: str, cases: Sequence[HeaderCase], answers: int) -> tuple[str, str]:
    values = [(_or_absent(case.old_values.get(name)), _or_absent(case.new_values.get(name))) for case in cases]
    differing = [pair for pair in values if pair[0] != pair[1]]
    alike = [pair for pair in values if pair[0] == pair[1] is not ABSENT]
    kind, message = named(Difference(Differs.HEADER, differing, alike, name, answers))
    return kind.id, message


def _or_absent(text: str | None) -> Json:
    return ABSENT if text is None else text


def _counted(written: str, name: str, having: Sequence[HeaderCase], lacking: Sequence[HeaderCase]) -> Step | None:
    """A number that stands in each body as well is no constant, though it was the same in all answers that were seen."""
    known = {case.old_values.get(name) or "" for case in having}
    if len(known) != 1 or len(having) < _DIFFERENT or not (only := known.pop()).isdecimal() or len(only) < _DIFFERENT:
        return None
    samples = [sample for case in having for sample in _samples(case, only)]
    found = [each for each in sources(samples, "") if each.covered == len(samples) and _is_of_body(each.text)]
    return _where(SetHeader(header=written, from_=found[0].text), having, lacking) if found else None


def _is_of_body(source: str) -> bool:
    return source.startswith(("$", "received("))


def _constant(
    written: str, name: str, having: Sequence[HeaderCase], lacking: Sequence[HeaderCase], least: int
) -> Step | None:
    known = {case.old_values.get(name) for case in having}
    only = known.pop() if len(known) == 1 else None
    if only is None or len(having) < least:
        return None
    return _where(SetHeader(header=written, value=only), having, lacking)


def _found(written: str, name: str, having: Sequence[HeaderCase], lacking: Sequence[HeaderCase]) -> Step | None:
    """Where the value stands in the body or the call: in at least two answers with different values, and wherever it is."""
    samples = [sample for case in having for sample in _samples(case, case.old_values.get(name) or "")]
    if len({str(sample.old[""]) for sample in samples}) < _DIFFERENT:
        return None
    found = [
        source for source in sources(samples, "") if source.covered * 2 >= len(samples) and source.using in _SAME_TEXT
    ]
    if not found or found[0].information < _SURE:
        return None
    fetch = fetcher(found[0].text)
    misled = [case for case in lacking if fetch(case.answer.body, case.answer) is not ABSENT]
    return _where(SetHeader(header=written, from_=found[0].text), having, misled)


def _found_in_most(written: str, name: str, having: Sequence[HeaderCase], lacking: Sequence[HeaderCase]) -> Step | None:
    """The same, but for one answer, which a parameter tells: what NEW answers otherwise proves nothing of the others."""
    if not _FEW <= len(having) <= _MANY:
        return None
    for odd in having:
        rest = [case for case in having if case is not odd]
        step = _found(written, name, rest, lacking)
        told = telling_apart([case.answer for case in rest], [odd.answer], body=False, status=False) if step else None
        if step is not None and told is not None:
            return step.conditioned(step.when.and_(told))
    return None


def _where(step: Step, having: Sequence[HeaderCase], lacking: Sequence[HeaderCase]) -> Step | None:
    if not lacking:
        return step
    condition = telling_apart([case.answer for case in having], [case.answer for case in lacking], body=False)
    return None if condition is None else step.conditioned(condition)


def _samples(case: HeaderCase, text: str) -> Iterator[Sample]:
    wanted: Json = int(text) if text.isdigit() and str(int(text)) == text else text
    bare = Answer(case.answer.status, [], None, case.answer.call, received=case.answer.received)
    yield Sample(case.number, {"": wanted}, {}, bare, lambda changed: None)
