"""The cookies that each answer sets, by name: their attributes are compared, their values and times are each run's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.changes.answers import Sighting
from harness.changes.study import Study
from harness.model.change import Support
from harness.model.exchange import Headers

_OF_THE_RUN = ("expires", "max-age")


@dataclass(frozen=True)
class CookieRow:
    """One cookie in one pair: its attributes in lower case, sorted, on each side; None where it was not set."""

    old: tuple[str, ...] | None
    new: tuple[str, ...] | None


def cookies_of(study: Study) -> Iterator[tuple[str, str, list[CookieRow]]]:
    """(operation, cookie's name, a row for each pair of the operation), for every cookie of every operation."""
    cases = [case for group in study.groups for case in group.cases]
    for operation in dict.fromkeys(str(case.operation) for case in cases):
        sides = [(_set(case.old.headers), _set(case.new.headers)) for case in cases if str(case.operation) == operation]
        for name in dict.fromkeys(name for old, new in sides for name in (*old, *new)):
            yield operation, name, [CookieRow(old.get(name), new.get(name)) for old, new in sides]


def cookie_sighting(operation: str, name: str, of: int, rows: Sequence[CookieRow], message: str) -> Sighting:
    """What happened to a cookie in `rows`, of the `of` pairs of its operation."""
    old, new = (None if side is None else "; ".join((name, *side)) for side in (rows[0].old, rows[0].new))
    return Sighting(operation, f"cookie {name}", message, Support(of, len(rows), len(set(rows))), old, new)


def _set(headers: Headers) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, value in headers:
        if key.lower() == "set-cookie":
            pair, *attributes = (part.strip() for part in value.split(";"))
            kept = (each.lower() for each in attributes if each.partition("=")[0].lower() not in _OF_THE_RUN)
            found[pair.partition("=")[0]] = tuple(sorted(filter(None, kept)))
    return found
