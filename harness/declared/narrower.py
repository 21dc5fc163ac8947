"""Whether one keyword of NEW's schema takes fewer values than OLD's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from harness.declared.calls import Spot
from harness.declared.naming import scope_of
from harness.declared.request_ids import BOUNDS, is_upper, narrowing
from harness.declared.statements import Statements, stated_by, types
from harness.model.change import Level
from harness.model.json_text import Json, serialize


class Narrower(NamedTuple):
    """One place of a request where NEW takes less, or does not know what OLD knew."""

    kind: str
    path: str
    message: str
    old: Json = None
    new: Json = None
    level: Level = Level.RISK


def narrower_values(spot: Spot, here: Statements, there: Statements) -> Iterator[Narrower]:
    """What single keywords say of a value."""
    old_types, new_types = types(here), types(there)
    wider = new_types | ({"integer"} if "number" in new_types else set())
    if new_types and not (old_types and old_types <= wider):
        lost = None if old_types - wider == {"null"} else ""
        yield _narrower(spot, "type", sorted(old_types), sorted(new_types), lost)
        return
    for keyword in ("enum", "const"):
        old, new = stated_by(keyword, here), stated_by(keyword, there)
        if new and not (old and _values_of(keyword, old) <= _values_of(keyword, new)):
            yield _narrower(spot, keyword, old[0] if old else None, new[0])
    for keyword in BOUNDS:
        old, new = stated_by(keyword, here), stated_by(keyword, there)
        tightest = min if is_upper(keyword) else max
        if new and not (old and tightest([*old, *new]) in old):
            yield _narrower(spot, keyword, tightest(old) if old else None, tightest(new))
    for keyword in ("pattern", "multipleOf", "uniqueItems"):
        old, new = stated_by(keyword, here), stated_by(keyword, there)
        if any(each not in old and each is not False for each in new):
            yield _narrower(spot, keyword, old[0] if old else None, new[0])


def _values_of(keyword: str, said: list[Json]) -> set[bytes]:
    """The values that all lists allow."""
    return set.intersection(*({serialize(value) for value in (each if keyword == "enum" else [each])} for each in said))


def _narrower(spot: Spot, keyword: str, old: Json, new: Json, lost: Json = "") -> Narrower:
    kind = narrowing(scope_of(spot), keyword, [] if old is None else [old], new, lost)
    return Narrower(kind, str(spot), f"NEW takes fewer values as {spot}: {keyword}", old, new)
