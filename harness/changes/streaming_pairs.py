"""Which calls of up to four recordings are one and the same, found while they are read side by side.

Recordings of the same calls mostly come in the same order: then a few exchanges wait for their partners. What waits longer
goes on a shelf (a file, in practice), so that no order of calls fills the memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from harness.changes.pairing import Paired, key_of
from harness.model.exchange import Exchange

Key = tuple[str, ...]
Numbered = tuple[int, Exchange]
"""An exchange with its position in its recording."""

WAITING = 4 * 1024 * 1024
"""Bytes of one recording's exchanges that wait in memory for their partners."""

_BESIDE_BODIES = 2_000


@dataclass(frozen=True)
class Runs:
    """One call, asked of both versions, and its second run on each where there is one. `number` is its position in OLD."""

    number: int
    old: Exchange
    new: Exchange
    old_again: Exchange | None = None
    new_again: Exchange | None = None

    @property
    def paired(self) -> Paired:
        """The first runs."""
        return Paired(self.old, self.new)

    @property
    def size(self) -> int:
        """Bytes, about."""
        return sum(size(each) for each in (self.old, self.new, self.old_again, self.new_again) if each is not None)


@dataclass
class Alone:
    """How many calls of each version found no partner."""

    old: int = 0
    new: int = 0


class Shelf(Protocol):
    """Where exchanges wait that memory has no room for. `side` tells recordings apart; under a key, first in is first out."""

    def put(self, side: int, key: Key, waiting: Numbered) -> None:
        """Keep an exchange."""

    def has(self, side: int, key: Key) -> bool:
        """Whether one waits under a key."""

    def take(self, side: int, key: Key) -> Numbered:
        """The one that has waited longest under a key; it leaves. KeyError where there is none."""

    def any_key(self, side: int) -> Key | None:
        """A key under which one waits, if there is any."""

    def close(self) -> None:
        """Let go of everything."""


def size(exchange: Exchange) -> int:
    """Bytes that an exchange takes, about."""
    answer = exchange.response.body if exchange.response is not None else b""
    return _BESIDE_BODIES + len(exchange.request.body) + len(answer)


def runs_of(sides: Sequence[Iterator[Exchange] | None], shelf: Shelf, alone: Alone) -> Iterator[Runs]:
    """The calls that OLD and NEW share. `sides` are OLD, NEW, and a second run of each, None where there is none.

    They pair as `pairing.pair` pairs them, and come when they are complete. What has no partner is counted in `alone`.
    """
    open_ = {place: side for place, side in enumerate(sides) if side is not None}
    waiting = {place: _Waiting(place, shelf) for place in open_}
    while open_:
        for place, side in list(open_.items()):
            exchange = next(side, None)
            if exchange is None:
                del open_[place]
                continue
            key = key_of(exchange)
            waiting[place].put(key, exchange)
            if all(each.has(key) for each in waiting.values()):
                yield _taken(waiting, key)
    yield from _incomplete(waiting, alone)


def _incomplete(waiting: dict[int, _Waiting], alone: Alone) -> Iterator[Runs]:
    """At the end: what both versions answered, though not in each second run."""
    old, new = waiting[0], waiting[1]
    while (key := old.any_key()) is not None:
        if new.has(key):
            yield _taken(waiting, key)
        else:
            old.take(key)
            alone.old += 1
    while (key := new.any_key()) is not None:
        new.take(key)
        alone.new += 1


def _taken(waiting: dict[int, _Waiting], key: Key) -> Runs:
    number, old = waiting[0].take(key)
    again = [waiting[place].take(key)[1] if place in waiting and waiting[place].has(key) else None for place in (2, 3)]
    return Runs(number, old, waiting[1].take(key)[1], *again)


class _Waiting:
    """The exchanges of one recording that wait: the latest in memory, the others on the shelf."""

    def __init__(self, side: int, shelf: Shelf) -> None:
        self._side = side
        self._shelf = shelf
        self._memory: dict[Key, deque[Numbered]] = {}
        self._bytes = 0
        self._shelved = 0
        self._seen = 0

    def put(self, key: Key, exchange: Exchange) -> None:
        self._memory.setdefault(key, deque()).append((self._seen, exchange))
        self._seen += 1
        self._bytes += size(exchange)
        while self._bytes > WAITING:
            self._put_away(next(iter(self._memory)))

    def has(self, key: Key) -> bool:
        return key in self._memory or (self._shelved > 0 and self._shelf.has(self._side, key))

    def take(self, key: Key) -> Numbered:
        """What is on the shelf was there before what is in memory."""
        if self._shelved and self._shelf.has(self._side, key):
            self._shelved -= 1
            return self._shelf.take(self._side, key)
        return self._from_memory(key)

    def any_key(self) -> Key | None:
        return next(iter(self._memory), None) or (self._shelf.any_key(self._side) if self._shelved else None)

    def _put_away(self, key: Key) -> None:
        while key in self._memory:
            self._shelf.put(self._side, key, self._from_memory(key))
            self._shelved += 1

    def _from_memory(self, key: Key) -> Numbered:
        queue = self._memory[key]
        waiting = queue.popleft()
        self._bytes -= size(waiting[1])
        if not queue:
            del self._memory[key]
        return waiting
