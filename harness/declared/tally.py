"""Counts what was seen in recorded calls, by operation: how many calls, in how many of them, with how many different values."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from harness.model.change import Support
from harness.model.json_text import Json, serialize

T = TypeVar("T")


@dataclass
class Seen(Generic[T]):
    """Something in the calls of one operation. `first` is the first sight of it."""

    operation: str
    first: T
    calls: int = 0
    values: set[bytes] = field(default_factory=set)


class Tally(Generic[T]):
    """What is counted once a call, under a key of its own."""

    def __init__(self) -> None:
        self._calls: dict[str, int] = {}
        self._seen: dict[tuple[str, Hashable], Seen[T]] = {}

    def add(self, operation: str, found: Iterable[tuple[Hashable, T, Json]]) -> None:
        """One call of an operation, with the key, the sight and the value of each thing that was found in it."""
        self._calls[operation] = self._calls.get(operation, 0) + 1
        once: dict[Hashable, tuple[T, Json]] = {}
        for key, sight, value in found:
            once.setdefault(key, (sight, value))
        for key, (sight, value) in once.items():
            seen = self._seen.setdefault((operation, key), Seen(operation, sight))
            seen.calls += 1
            seen.values.add(serialize(value))

    def __iter__(self) -> Iterator[tuple[Seen[T], Support]]:
        for seen in self._seen.values():
            yield seen, Support(self._calls[seen.operation], seen.calls, len(seen.values))
