"""What happened to the answers' headers: which went, came or changed, and where the value of a lost one still stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.changes.node import Sample
from harness.changes.sources import sources
from harness.lens.answer import Answer
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


@dataclass(frozen=True)
class HeaderCase:
    """One pair's headers; `answer` is NEW's answer as it came, for finding where a value still stands."""

    number: int
    old: Headers
    new: Headers
    answer: Answer


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
    names = dict.fromkeys(name.lower() for case in cases for name, _ in (*case.old, *case.new))
    return [name for name in names if name not in VOLATILE]


def value(headers: Headers, name: str) -> str | None:
    """All values under a name, joined as RFC 9110 section 5.3 allows; None where there is none."""
    found = [text for key, text in headers if key.lower() == name]
    return ", ".join(found) if found else None


def header_change(name: str, cases: Sequence[HeaderCase], least: int) -> HeaderChange | None:
    """What happened to one header in a group of answers; None where nothing did, or where it has no step and is not all gone.

    A constant needs `least` answers; a value read from the answer must agree wherever OLD had one.
    """
    old = [value(case.old, name) for case in cases]
    new = [value(case.new, name) for case in cases]
    differing = [at for at in range(len(cases)) if old[at] != new[at]]
    if not differing:
        return None
    here, there = old[differing[0]], new[differing[0]]
    known = {text for text in old if text is not None}
    support = Support(len(cases), len(differing), len(known))
    written = next((key for case in cases for key, _ in case.old if key.lower() == name), name)
    if not known:
        return HeaderChange(
            "response-header-added", name, f"header {name} is new", support, here, there, DropHeader(header=name)
        )
    kind = "response-header-removed" if there is None else "response-header-changed"
    message = f"header {name} is gone" if there is None else f"header {name} became {there!r}"
    if len(known) == 1 and None not in old and len(cases) >= least:
        step: Step = SetHeader(header=written, value=known.pop())
        return HeaderChange(kind, name, message, support, here, there, step)
    if all(text is None for text in new) and (found := _source(name, cases)):
        return HeaderChange(
            kind,
            name,
            f"{message}; its value stands at {found}",
            support,
            here,
            there,
            SetHeader(header=written, from_=found),
        )
    reason = "its value stands nowhere in NEW's answer" if there is None else "nothing tells OLD's value"
    return HeaderChange(kind, name, message, support, here, there, None, reason)


def _source(name: str, cases: Sequence[HeaderCase]) -> str | None:
    """Where the header's value stands in the body or the call, in at least two answers with different values."""
    samples = [
        sample for case in cases if (text := value(case.old, name)) is not None for sample in _samples(case, text)
    ]
    if len(samples) < 2:
        return None
    found = [source for source in sources(samples, "") if source.covered == len(samples) and not source.using]
    return found[0].text if found and found[0].information >= 1.5 else None


def _samples(case: HeaderCase, text: str) -> Iterator[Sample]:
    wanted: Json = int(text) if text.isdigit() and str(int(text)) == text else text
    bare = Answer(case.answer.status, [], None, case.answer.call, received=case.answer.received)
    yield Sample(case.number, {"": wanted}, {}, bare, lambda changed: None)
