"""A mergeable summary of JSON values: one node a place, bounded by the shape of the values and not by their number.

Values are taken in by columns, not one by one: the objects at a place that have the same keys are turned on their side
(`zip`), and each key's column is counted, compared and measured by calls that run in C. Every statistic is a function
of the multiset of values alone, which makes `merge` associative and commutative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from harness.model.json_text import Json, WrittenFloat
from harness.schema.columns import Column, Columns, alike_columns, hold_lists, joined
from harness.schema.scalars import Numbers, Strings
from harness.schema.variants import Variants, both, variants_of, variants_of_counts

MAX_DEPTH = 64
"""Containers nested deeper than this are counted as `unseen`, and not looked into."""

KEY_CAP = 256
"""An object with more different keys than this is kept as a map: one summary for all of its values."""

TUPLE_CAP = 32
"""Arrays up to this length that all have the same length are kept position by position."""


@dataclass(slots=True)
class Summary:
    """What has been seen at one place. A part is None where no value of its type has been."""

    nulls: int = 0
    trues: int = 0
    falses: int = 0
    integers: Numbers[int] | None = None
    floats: Numbers[float] | None = None
    strings: Strings | None = None
    arrays: Arrays | None = None
    objects: Objects | None = None

    @property
    def count(self) -> int:
        """How many values there were."""
        parts = (self.integers, self.floats, self.strings, self.arrays, self.objects)
        return self.nulls + self.trues + self.falses + sum(part.count for part in parts if part is not None)

    def add(self, value: Json) -> None:
        """Take in one value, as harness.model.json_text.parse gives it. TypeError on what is not a JSON value."""
        self._take((value,), 0)

    def add_all(self, values: Iterable[Json]) -> None:
        """Take in many values at once: the same as adding each, and several times faster."""
        self._take(tuple(values), 0)

    def absorb(self, other: Summary) -> None:
        """Take in what `other` has seen; `other` stays as it is, and nothing of it is shared."""
        self.nulls += other.nulls
        self.trues += other.trues
        self.falses += other.falses
        for name in _PARTS:
            part = getattr(other, name)
            if part is not None:
                self._part(name).absorb(part)

    def _take(self, column: Column, depth: int) -> None:
        kinds = set(map(type, column))
        if len(kinds) == 1:
            _taker(kinds.pop())(self, column, depth)
        else:
            for kind in kinds:
                _taker(kind)(self, [value for value in column if type(value) is kind], depth)

    def _part(self, name: str) -> Any:
        part = getattr(self, name)
        if part is None:
            part = _PARTS[name]()
            setattr(self, name, part)
        return part


@dataclass(slots=True)
class Arrays:
    """Arrays of one short length are kept by `positions`, for they may be tuples; else one `items` stands for all.

    Lists of objects and lists of lists are never tuples. `unseen` counts the arrays below MAX_DEPTH.
    """

    count: int = 0
    shortest: int | None = None
    longest: int | None = None
    positions: list[Summary] | None = field(default_factory=list)
    items: Summary | None = None
    unseen: int = 0

    @property
    def elements(self) -> Summary:
        """The elements of all arrays as one summary; not to be changed."""
        return self.items if self.items is not None else merge(*(self.positions or ()))

    def take(self, column: Sequence[list[Json]], depth: int) -> None:
        """Take in the arrays of `column`, which is not empty and stands at `depth`."""
        lengths = set(map(len, column))
        tuples = len(lengths) == 1 and self._keeps(max(lengths)) and not hold_lists(column)
        if depth >= MAX_DEPTH:
            self.unseen += len(column)
        elif tuples:
            positions = self._tuple(max(lengths))
            for position, values in zip(positions, zip(*column, strict=True), strict=True):
                position._take(values, depth + 1)
        else:
            self.as_list()._take(tuple(chain.from_iterable(column)), depth + 1)
        self._count(len(column), min(lengths), max(lengths))

    def absorb(self, other: Arrays) -> None:
        """Take in what `other` has seen."""
        if other.shortest is None or other.longest is None:
            return
        if other.positions is not None and self._keeps(len(other.positions)):
            for position, seen in zip(self._tuple(len(other.positions)), other.positions, strict=True):
                position.absorb(seen)
        else:
            self.as_list().absorb(other.elements)
        self.unseen += other.unseen
        self._count(other.count, other.shortest, other.longest)

    def _count(self, count: int, shortest: int, longest: int) -> None:
        self.count += count
        self.shortest = shortest if self.shortest is None else min(self.shortest, shortest)
        self.longest = longest if self.longest is None else max(self.longest, longest)

    def _keeps(self, width: int) -> bool:
        if self.positions is None or width > TUPLE_CAP:
            return False
        return self.count == 0 or len(self.positions) == width

    def _tuple(self, width: int) -> list[Summary]:
        if not self.positions:
            self.positions = [Summary() for _ in range(width)]
        return self.positions

    def as_list(self) -> Summary:
        """From now on one summary for all elements; gives it, to be changed."""
        if self.items is None:
            self.items, self.positions = merge(*(self.positions or ())), None
        return self.items


@dataclass(slots=True)
class Objects:
    """A summary for each key; or, past KEY_CAP keys, one for all `values` and the `names` of the keys as strings.

    A key is present in `keys[key].count` of `seen` objects; `unseen` counts the objects below MAX_DEPTH. `variants` is
    None as long as all objects have the same keys, and for maps.
    """

    count: int = 0
    keys: dict[str, Summary] | None = field(default_factory=dict)
    values: Summary | None = None
    names: Strings | None = None
    unseen: int = 0
    variants: Variants | None = None

    @property
    def seen(self) -> int:
        """How many were looked into."""
        return self.count - self.unseen

    def take(self, column: Sequence[dict[str, Json]], depth: int) -> None:
        """Take in the objects of `column`, which is not empty and stands at `depth`."""
        if depth >= MAX_DEPTH:
            self.count += len(column)
            self.unseen += len(column)
            return
        groups = alike_columns(column)
        columns = joined(groups)
        if self._keeps(columns):
            self._vary(groups)
            for key, values in columns.items():
                self._key(key)._take(values, depth + 1)
        elif columns:
            map_values, names = self.as_map()
            names.add(tuple(chain.from_iterable(column)))
            map_values._take(tuple(chain.from_iterable(columns.values())), depth + 1)
        self.count += len(column)

    def absorb(self, other: Objects) -> None:
        """Take in what `other` has seen."""
        if other.keys is not None and self._keeps(other.keys):
            self._vary_with(other)
            for key, seen in other.keys.items():
                self._key(key).absorb(seen)
        else:
            map_values, names = self.as_map()
            more_values, more_names = as_map(other)
            map_values.absorb(more_values)
            names.absorb(more_names)
        self.count += other.count
        self.unseen += other.unseen

    def _vary(self, groups: Sequence[Columns]) -> None:
        """Take in what tells variants apart, before the columns themselves are taken in."""
        shapes = {frozenset(group) for group in groups}
        if self.variants is None and len(shapes | ({frozenset(self.keys or ())} if self.seen else set())) == 1:
            return
        variants = self._told_apart() if self.seen else None
        for group in groups:
            fresh = variants_of(frozenset(group), group, group if variants is None else variants)
            variants = fresh if variants is None else both(variants, fresh)
        self.variants = variants

    def _vary_with(self, other: Objects) -> None:
        if not self.seen:
            self.variants = other.variants
        elif not self._alike(other):
            self.variants = both(self._told_apart(), other._told_apart())

    def _alike(self, other: Objects) -> bool:
        return self.variants is None and other.variants is None and set(self.keys or ()) == set(other.keys or ())

    def _told_apart(self) -> Variants:
        if self.variants is not None:
            return self.variants
        texts = {
            key: child.strings.distinct
            for key, child in (self.keys or {}).items()
            if child.strings is not None and child.strings.distinct is not None and child.strings.count == child.count
        }
        return variants_of_counts(frozenset(self.keys or ()), texts)

    def _keeps(self, more: Mapping[str, object]) -> bool:
        if self.keys is None:
            return False
        return len(self.keys) + len(more) <= KEY_CAP or len(self.keys.keys() | more.keys()) <= KEY_CAP

    def _key(self, key: str) -> Summary:
        assert self.keys is not None
        child = self.keys.get(key)
        if child is None:
            child = self.keys[key] = Summary()
        return child

    def as_map(self) -> tuple[Summary, Strings]:
        """From now on one summary for all values, and one of the keys' names; gives both, to be changed."""
        if self.values is None or self.names is None:
            self.values, self.names = as_map(self)
            self.keys = self.variants = None
        return self.values, self.names


def summarize(value: Json) -> Summary:
    """The summary of one JSON value."""
    summary = Summary()
    summary.add(value)
    return summary


def merge(*summaries: Summary) -> Summary:
    """A new summary of all that the given ones have seen, whatever their order and grouping."""
    merged = Summary()
    for summary in summaries:
        merged.absorb(summary)
    return merged


def as_map(objects: Objects) -> tuple[Summary, Strings]:
    """The objects as maps: all their values as one summary, and the names of their keys. Not to be changed."""
    if objects.values is not None and objects.names is not None:
        return objects.values, objects.names
    names = Strings()
    for key, child in (objects.keys or {}).items():
        names.add_often(key, child.count)
    return merge(*(objects.keys or {}).values()), names


def _take_nulls(summary: Summary, column: Column, _depth: int) -> None:
    summary.nulls += len(column)


def _take_booleans(summary: Summary, column: Column, _depth: int) -> None:
    trues = sum(column)
    summary.trues += trues
    summary.falses += len(column) - trues


def _take_integers(summary: Summary, column: Column, _depth: int) -> None:
    if summary.integers is None:
        summary.integers = Numbers()
    summary.integers.add(column)


def _take_floats(summary: Summary, column: Column, _depth: int) -> None:
    if summary.floats is None:
        summary.floats = Numbers()
    summary.floats.add(column)


def _take_written_floats(summary: Summary, column: Column, depth: int) -> None:
    _take_floats(summary, tuple(map(float, column)), depth)


def _take_strings(summary: Summary, column: Column, _depth: int) -> None:
    if summary.strings is None:
        summary.strings = Strings()
    summary.strings.add(column)


def _take_arrays(summary: Summary, column: Column, depth: int) -> None:
    if summary.arrays is None:
        summary.arrays = Arrays()
    summary.arrays.take(column, depth)


def _take_objects(summary: Summary, column: Column, depth: int) -> None:
    if summary.objects is None:
        summary.objects = Objects()
    summary.objects.take(column, depth)


Taker = Callable[[Summary, Column, int], None]

_TAKERS: dict[type, Taker] = {
    type(None): _take_nulls,
    bool: _take_booleans,
    int: _take_integers,
    float: _take_floats,
    WrittenFloat: _take_written_floats,
    str: _take_strings,
    list: _take_arrays,
    dict: _take_objects,
}
_PARTS: Mapping[str, Callable[[], Any]] = {
    "integers": Numbers,
    "floats": Numbers,
    "strings": Strings,
    "arrays": Arrays,
    "objects": Objects,
}


def _taker(kind: type) -> Taker:
    try:
        return _TAKERS[kind]
    except KeyError:
        raise TypeError(f"{kind.__name__} is not a type of JSON value") from None
