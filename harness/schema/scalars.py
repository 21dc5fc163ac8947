"""What is kept of the numbers and of the strings at one place: enough to judge a change, in bounded memory.

Everything here is a function of the multiset of values alone, so that any order of adding and merging gives the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar

from harness.schema import formats

DISTINCT_CAP = 64
"""Different values are kept up to this many; past it, only that there are many."""

LONG_TEXT = 256
"""A string of more characters than this is not kept: its place counts as one with many values."""

Number = TypeVar("Number", int, float)


@dataclass(slots=True)
class Numbers(Generic[Number]):
    """`distinct` is None once there are more than DISTINCT_CAP; `low` and `high` are None where there is no number."""

    count: int = 0
    low: Number | None = None
    high: Number | None = None
    distinct: set[Number] | None = field(default_factory=set)

    def add(self, column: Sequence[Number]) -> None:
        """Take in the numbers of `column`, which is not empty."""
        self.count += len(column)
        if self.distinct is not None:
            column = tuple(set(column) - self.distinct)
            if not column:
                return
            kept = _capped(self.distinct.union(column))
            self.distinct = None if kept is None else set(map(_unsigned_zero, kept))
        self._widen(min(column), max(column))

    def absorb(self, other: Numbers[Number]) -> None:
        """Take in what `other` has seen."""
        self.count += other.count
        self.distinct = _union(self.distinct, other.distinct)
        if other.low is not None and other.high is not None:
            self._widen(other.low, other.high)

    def _widen(self, low: Number, high: Number) -> None:
        if self.low is None or low < self.low:
            self.low = _unsigned_zero(low)
        if self.high is None or high > self.high:
            self.high = _unsigned_zero(high)


@dataclass(slots=True)
class Strings:
    """Lengths are in characters; `formats` is the mask (see formats.py) of those that every string fits.

    `distinct` says how often each string occurred; it is None once there are more than DISTINCT_CAP, or a long one.
    """

    count: int = 0
    shortest: int | None = None
    longest: int | None = None
    formats: int = formats.EVERY_FORMAT
    distinct: Counter[str] | None = field(default_factory=Counter)

    def add(self, column: Sequence[str]) -> None:
        """Take in the strings of `column`, which is not empty."""
        self.count += len(column)
        fresh = column
        if self.distinct is not None:
            known = len(self.distinct)
            self.distinct.update(column)
            fresh = tuple(islice(self.distinct, known, None))  # a dict keeps new keys last
            if not fresh:
                return
        lengths = list(map(len, fresh))
        self._widen(min(lengths), max(lengths))
        self._forget_many()
        if self.formats:
            self.formats = formats.fitting(self.formats, fresh)

    def add_often(self, text: str, times: int) -> None:
        """Take in one string `times` times, at least once."""
        self.add((text,))
        self.count += times - 1
        if self.distinct is not None:
            self.distinct[text] += times - 1

    def absorb(self, other: Strings) -> None:
        """Take in what `other` has seen."""
        self.count += other.count
        self.formats &= other.formats
        if self.distinct is not None and other.distinct is not None:
            self.distinct.update(other.distinct)
            self._forget_many()
        else:
            self.distinct = None
        if other.shortest is not None and other.longest is not None:
            self._widen(other.shortest, other.longest)

    def _widen(self, shortest: int, longest: int) -> None:
        self.shortest = shortest if self.shortest is None else min(self.shortest, shortest)
        self.longest = longest if self.longest is None else max(self.longest, longest)

    def _forget_many(self) -> None:
        many = self.distinct is not None and len(self.distinct) > DISTINCT_CAP
        if many or (self.longest is not None and self.longest > LONG_TEXT):
            self.distinct = None


def _capped(values: set[Number]) -> set[Number] | None:
    return values if len(values) <= DISTINCT_CAP else None


def _union(one: set[Number] | None, other: set[Number] | None) -> set[Number] | None:
    return None if one is None or other is None else _capped(one | other)


def _unsigned_zero(number: Number) -> Number:
    """0.0 for -0.0: the two are equal, so which of them a set keeps would depend on the order."""
    return number or abs(number)
