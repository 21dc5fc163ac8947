"""A whole schema compared with another: every pair of schemas in it once, however often and however deep it stands there.

The pairs are a graph, since schemas refer to each other and to themselves. What differs in a pair is told at the places where
that pair stands, the shortest first.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator

from harness.declared.api import Schema
from harness.declared.compare import Compared, Comparer, Edge
from harness.declared.found import Found
from harness.model.paths import Path

PLACES = 20
"""At most so many places are told of one pair of schemas in one answer."""

ROWS = 500
"""Past so many differences in one answer only those are told that no answer has told yet."""

Pair = tuple[int, int]


class Walk:
    """Compares by one comparer; each pair of schemas is looked at once, whatever the number of answers that have it."""

    def __init__(self, comparer: Comparer) -> None:
        self._comparer = comparer
        self._compared: dict[Pair, Compared] = {}
        self._kept: list[Edge] = []
        self._told: set[Pair] = set()

    def differences(self, old: Schema, new: Schema) -> Iterator[tuple[Path, Found]]:
        """Each difference with the path to the schema that has it; one that stands in several places comes several times."""
        start = self._pair(old, new)
        reached = self._reached(((), old, new))
        telling = self._telling(reached)
        seen: Counter[Pair] = Counter()
        rows = 0
        waiting: deque[tuple[Pair, Path, tuple[Pair, ...]]] = deque([(start, (), ())] if start in telling else [])
        while waiting:
            pair, path, above = waiting.popleft()
            seen[pair] += 1
            if seen[pair] > PLACES or (rows > ROWS and pair in self._told):
                continue
            self._told.add(pair)
            rows += len(self._compared[pair].found)
            for each in self._compared[pair].found:
                yield path, each
            for step, before, after in self._compared[pair].edges:
                inner = self._pair(before, after)
                if inner in telling and above.count(inner) < 2:
                    waiting.append((inner, (*path, *step), (*above, pair)))

    def _pair(self, old: Schema, new: Schema) -> Pair:
        return id(self._comparer.before.resolve(old)), id(self._comparer.after.resolve(new))

    def _reached(self, start: Edge) -> dict[Pair, Compared]:
        """Every pair that can be reached from the first."""
        waiting = [start]
        reached: dict[Pair, Compared] = {}
        while waiting:
            edge = waiting.pop()
            pair = self._pair(edge[1], edge[2])
            if pair in reached:
                continue
            if pair not in self._compared:
                self._kept.append(edge)  # so that the ids stay theirs
                self._compared[pair] = self._comparer.compare(edge[1], edge[2])
            reached[pair] = self._compared[pair]
            waiting += self._compared[pair].edges
        return reached

    def _telling(self, reached: dict[Pair, Compared]) -> set[Pair]:
        """The pairs in which, or below which, something differs."""
        above: dict[Pair, list[Pair]] = {}
        for pair, compared in reached.items():
            for _, old, new in compared.edges:
                above.setdefault(self._pair(old, new), []).append(pair)
        waiting = [pair for pair, compared in reached.items() if compared.found]
        telling: set[Pair] = set()
        while waiting:
            pair = waiting.pop()
            if pair not in telling:
                telling.add(pair)
                waiting += above.get(pair, [])
        return telling
