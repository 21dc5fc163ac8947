"""The calls of a stream that are looked at closely: of every operation some, drawn evenly, and some of every sort.

A call bears marks: each way in which its answers differ. Of the calls with a mark those with the smallest hashes are kept, so
that a rare mark is there as surely as a common one (the bottom-k sample of Cohen and Kaplan, "Summarizing data using
bottom-k sketches", 2007).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from hashlib import blake2b
from heapq import heappop, heappush

from harness.changes.streaming_pairs import Runs

Mark = Hashable

_Row = tuple[int, int]
"""The negated hash of a call, and its number: the first of a heap is the first to go."""

MOST_BYTES = 16 * 1024 * 1024
"""Bytes of the exchanges that are kept. Their values, and copies of them for the steps to edit, take many times as much."""

EVENLY = 200
OF_A_MARK = 24
LEAST = 4
"""Kinds that forgive a share of exceptions need more of an operation's calls than of those that bear one mark."""

_SHRINKS = 0.75


class Sample:
    """Fill it with `offer`. It is bounded by `most_bytes`, but that LEAST calls of each operation and mark stay."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._share = 1.0
        self._bytes = 0
        self._kept: dict[int, tuple[Runs, ...]] = {}
        self._holds: defaultdict[int, int] = defaultdict(int)
        self._of: defaultdict[Mark, list[_Row]] = defaultdict(list)
        self._with: defaultdict[Mark, list[_Row]] = defaultdict(list)

    def offer(self, runs: Runs, of: Mark, marks: Iterable[Mark] = (), beside: Iterable[Runs] = ()) -> None:
        """A call of an operation, with its marks; calls `beside` it stay as long as it does."""
        kept = (runs, *beside)
        self._hold(kept, self._of[of], EVENLY)
        self.offer_again(runs, marks, beside)

    def offer_again(self, runs: Runs, marks: Iterable[Mark], beside: Iterable[Runs] = ()) -> None:
        """A call that was offered before, with other marks."""
        kept = (runs, *beside)
        for mark in marks:
            self._hold(kept, self._with[mark], OF_A_MARK)
        while self._bytes > self._most_bytes and self._quota(EVENLY) > LEAST:
            self._share *= _SHRINKS
            for rows in self._of.values():
                self._thin(rows, EVENLY)
            for rows in self._with.values():
                self._thin(rows, OF_A_MARK)

    def runs(self) -> list[Runs]:
        """The calls, in OLD's order."""
        return _in_order(each for kept in self._kept.values() for each in kept)

    def evenly(self) -> list[Runs]:
        """Those that are kept whatever their marks, in OLD's order."""
        numbers = {number for rows in self._of.values() for _, number in rows}
        return _in_order(self._kept[number][0] for number in numbers)

    def _hold(self, kept: tuple[Runs, ...], rows: list[_Row], most: int) -> None:
        number = kept[0].number
        row = (-_hash(number), number)
        if row in rows or (len(rows) >= self._quota(most) and row < rows[0]):
            return
        if number not in self._kept:
            self._kept[number] = kept
            self._bytes += _size(kept)
        self._holds[number] += 1
        heappush(rows, row)
        self._thin(rows, most)

    def _thin(self, rows: list[_Row], most: int) -> None:
        while len(rows) > self._quota(most):
            _, number = heappop(rows)
            self._holds[number] -= 1
            if not self._holds[number]:
                del self._holds[number]
                self._bytes -= _size(self._kept.pop(number))

    def _quota(self, most: int) -> int:
        return max(LEAST, int(most * self._share))


def _size(kept: Iterable[Runs]) -> int:
    return sum(runs.size for runs in kept)


def _in_order(kept: Iterable[Runs]) -> list[Runs]:
    found = {runs.number: runs for runs in kept}
    return [found[number] for number in sorted(found)]


def _hash(number: int) -> int:
    """The same on every machine, so that a study can be repeated."""
    return int.from_bytes(blake2b(number.to_bytes(8, "big"), digest_size=8).digest(), "big")
