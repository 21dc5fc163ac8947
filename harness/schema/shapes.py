"""The shape of an answer, coarse enough that two answers of one operation agree: JSON type and key set."""

from __future__ import annotations

from typing import NamedTuple

from harness.model.exchange import Response, header
from harness.model.json_text import Json
from harness.schema.reading import read

AGREEMENT = 0.8
"""Two shapes agree from this Jaccard index of their key sets on."""

SELF = "\N{WHITE CIRCLE}"
"""Stands for a key that repeats the path's segment: /cpu/total answers {"total": …}, /cpu/idle {"idle": …}."""

EMPTY = "\N{BLACK CIRCLE}"
"""Stands inside a member that is an empty list."""

ELEMENTS = 50
"""So many elements of a list are looked at."""


class Shape(NamedTuple):
    """`kind` is object or array. A key is a member's name, or `(name, name)` for a member of what stands in an object: of an
    object, or of a list's objects.
    """

    kind: str
    keys: frozenset[tuple[str, ...]]

    def seen_from(self, segment: str) -> Shape:
        """The same with SELF for each name that is `segment`.

        But /features answers {"features": []} because that is what they are: an empty list is no proof that others are alike.
        """
        return self if (segment, EMPTY) in self.keys else self.renamed(segment, SELF)

    def renamed(self, old: str, new: str) -> Shape:
        """The same with `new` for each name that is `old`."""
        if not any(old in key for key in self.keys):
            return self
        return Shape(self.kind, frozenset(tuple(new if name == old else name for name in key) for key in self.keys))

    def known_inside(self, other: Shape) -> frozenset[tuple[str, ...]]:
        """The keys, less those inside members of which the other shows no inside: an empty list is as good as any."""
        shown = {key[0] for key in other.keys if len(key) > 1 and key[1] != EMPTY}
        return frozenset(key for key in self.keys if len(key) == 1 or (key[1] != EMPTY and key[0] in shown))

    @property
    def telling(self) -> bool:
        """Whether agreeing on it means something: two keys, or one that repeats the path."""
        return len(self.keys) > 1 or (SELF,) in self.keys


def shape_of(response: Response | None) -> Shape | None:
    """The shape of a successful answer in JSON; None where there is none, or nothing in it to go by.

    A failure that comes with a good status looks alike for all that can fail: it is nothing to go by.
    """
    if response is None or not succeeded(response) or not response.body:
        return None
    value = read(response.body, header(response.headers, "content-type") or "").value
    return None if _says_it_failed(value) else shape(value)


def _says_it_failed(value: Json) -> bool:
    """Whether a body says so by one of the usual members: `{"status": "error", …}`, `{"ok": false, …}`."""
    if not isinstance(value, dict):
        return False
    return value.get("status") in _FAILED or value.get("ok") is False or value.get("success") is False


_FAILED = ("error", "fail", "failed", "failure")


def succeeded(response: Response) -> bool:
    """Whether the status is 2xx."""
    return 200 <= response.status < 300


def agree(one: Shape, other: Shape) -> bool:
    """Whether two telling shapes are of one type and share AGREEMENT of their keys."""
    if one.kind != other.kind or not (one.telling and other.telling):
        return False
    mine, theirs = one.known_inside(other), other.known_inside(one)
    return len(mine & theirs) >= AGREEMENT * len(mine | theirs)


def shape(value: Json) -> Shape | None:
    """The shape of an object or an array; None for a scalar."""
    match value:
        case dict():
            return Shape("object", frozenset(_keys(value)))
        case list():
            keys = {(key,) for item in value[:ELEMENTS] if isinstance(item, dict) for key in item}
            return Shape("array", frozenset(keys))
        case _:
            return None


def _keys(value: dict[str, Json]) -> set[tuple[str, ...]]:
    outer: set[tuple[str, ...]] = {(key,) for key in value}
    outer |= {(key, EMPTY) for key, member in value.items() if member == []}
    return outer | {(key, inner) for key, member in value.items() for item in _objects(member) for inner in item}


def _objects(member: Json) -> list[dict[str, Json]]:
    items = member[:ELEMENTS] if isinstance(member, list) else [member]
    return [item for item in items if isinstance(item, dict)]
