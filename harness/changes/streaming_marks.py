"""What tells one call of a stream from another: how it was answered, and each way in which its answers differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from harness.changes.difference import Difference, Differs
from harness.changes.evidence import Case
from harness.changes.header_values import values_of
from harness.changes.headers import VOLATILE
from harness.changes.kind import named
from harness.changes.node import is_data
from harness.changes.quick import Spot, spots
from harness.changes.streaming_sample import Mark
from harness.lens.answer import ABSENT
from harness.model.exchange import Response
from harness.model.json_text import Json
from harness.model.paths import ANY, Path

MOST_MARKS = 2_000
"""So many marks of one operation are told apart; the others are one, so that hostile names cannot fill the memory."""

MOST_MESSAGES = 8

BEYOND = "differs in more ways than are told apart"
"""The mark of all that is past the bound, and the reason for which it was not compared."""


class Marks:
    """Marks that name places by their templates, and stay within a bound for each operation."""

    def __init__(self) -> None:
        self._known: dict[Mark, set[Mark]] = {}
        self._said: dict[Mark, set[str]] = {}

    def of(self, case: Case) -> list[Mark]:
        """What is known of a call before it is studied."""
        operation = (str(case.operation), case.forward)
        return [*self._bounded(operation, _raw(case)), *self.left(operation, _spots(case))]

    def left(self, of: Mark, found: Iterable[Spot]) -> dict[Mark, Spot]:
        """The marks of places that differ, with the kind that each difference would be by itself, and an example."""
        marks: dict[Mark, Spot] = {}
        for spot in found:
            [mark] = self._bounded(of, [self._difference(of, spot)])
            marks.setdefault(mark, spot)
        return marks

    def _difference(self, of: Mark, spot: Spot) -> Mark:
        """The first few messages at a place are told apart: where a text ends, which value is new."""
        at, differs, old, new = spot
        member = at[-1] if differs in (Differs.GONE, Differs.CAME) else ""
        kind, message = named(Difference(differs, [(old, new)], (), str(member)))
        mark = (template(at), differs, kind.id)
        said = self._said.setdefault((of, mark), set())
        if len(said) < MOST_MESSAGES:
            said.add(message)
        return *mark, message if message in said else ""

    def _bounded(self, operation: Mark, marks: Iterable[Mark]) -> list[Mark]:
        known = self._known.setdefault(operation, set())
        found: dict[Mark, None] = {}
        for mark in marks:
            if mark not in known and len(known) >= MOST_MARKS:
                mark = BEYOND
            known.add(mark)
            found[operation, mark] = None
        return list(found)


@lru_cache(maxsize=10_000)
def template(at: Path) -> Path:
    """The place with ANY for each name that is data, so that places are not as many as ids."""
    return tuple(ANY if isinstance(step, str) and is_data(step) else step for step in at)


def _raw(case: Case) -> Iterator[Mark]:
    yield "answered", case.old.status, case.new.status, _form(case.old, case.old_body), _form(case.new, case.new_body)
    if case.old_body is ABSENT and case.new_body is ABSENT and case.old.body != case.new.body:
        yield ("text",)
    yield "headers", *(frozenset(name.lower() for name, _ in each.headers) for each in (case.old, case.new))
    yield from (("header", *differing) for differing in headers_that_differ(case))
    yield from (("cookies", each) for each in {*_cookies(case.old)} ^ {*_cookies(case.new)})
    old, new = ({name for name, _ in exchange.request.query} for exchange in (case.pair.old, case.pair.new))
    yield from (("parameter", name) for name in old ^ new)


def headers_that_differ(case: Case) -> Iterator[tuple[str, str | None, str | None]]:
    """(name in lower case, OLD's value, NEW's), None where there is none; not those that are of the moment."""
    if case.old.headers == case.new.headers:
        return
    old, new = values_of(case.old.headers), values_of(case.new.headers)
    for name in (old.keys() | new.keys()) - VOLATILE:
        if old.get(name) != new.get(name):
            yield name, old.get(name), new.get(name)


def _spots(case: Case) -> list[Spot]:
    both = case.old_body is not ABSENT and case.new_body is not ABSENT
    return spots(case.old_body, case.new_body) if both and case.old.body != case.new.body else []


def _form(response: Response, body: Json) -> str:
    return "JSON" if body is not ABSENT else "text" if response.body.strip() else ""


def _cookies(response: Response) -> Iterator[str]:
    """Each cookie's name and the names of its attributes."""
    for name, value in response.headers:
        if name.lower() == "set-cookie":
            yield ";".join(part.partition("=")[0].strip().lower() for part in value.split(";"))
