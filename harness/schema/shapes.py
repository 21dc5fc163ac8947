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

ELEMENTS = 50
"""So many elements of a list are looked at."""


class Shape(NamedTuple):
    """`kind` is object or array. A key is a member's name, or `(name, name)` for a member of an object in an object."""

    kind: str
    keys: frozenset[tuple[str, ...]]

    def seen_from(self, segment: str) -> Shape:
        """The same with SELF for each name that is `segment`."""
        return self.renamed(segment, SELF)

    def renamed(self, old: str, new: str) -> Shape:
        """The same with `new` for each name that is `old`."""
        if not any(old in key for key in self.keys):
            return self
        return Shape(self.kind, frozenset(tuple(new if name == old else name for name in key) for key in self.keys))

    @property
    def telling(self) -> bool:
        """Whether agreeing on it means something: two keys, or one that repeats the path."""
        return len(self.keys) > 1 or (SELF,) in self.keys


def shape_of(response: Response | None) -> Shape | None:
    """The shape of a successful answer in JSON; None where there is none, or nothing in it to go by."""
    if response is None or not succeeded(response) or not response.body:
        return None
    return shape(read(response.body, header(response.headers, "content-type") or "").value)


def succeeded(response: Response) -> bool:
    """Whether the status is 2xx."""
    return 200 <= response.status < 300


def agree(one: Shape, other: Shape) -> bool:
    """Whether two telling shapes are of one type and share AGREEMENT of their keys."""
    if one.kind != other.kind or not (one.telling and other.telling):
        return False
    return len(one.keys & other.keys) >= AGREEMENT * len(one.keys | other.keys)


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
    return outer | {(key, inner) for key, member in value.items() if isinstance(member, dict) for inner in member}
