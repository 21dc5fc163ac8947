"""The raw differences of one operation's answers, from which transitions take those that they explain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from harness.declared.reshaping import Transition
from harness.model.change import Change
from harness.model.paths import Path


@dataclass(frozen=True)
class Row:
    """A raw change of a body, and where it stands on each side."""

    change: Change
    old: Path
    new: Path


class Rows:
    """Raw changes, found by the places that they are at."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}
        self._at: dict[Path, list[int]] = {}
        self._numbers = count()

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def add(self, row: Row) -> None:
        """One more."""
        number = next(self._numbers)
        self._rows[number] = row
        for path in {row.old, row.new}:
            self._at.setdefault(path, []).append(number)

    def drop(self, rows: Sequence[Row]) -> None:
        """Without these, which are here."""
        for number in [number for row in rows for number in self._at[row.old] if self._rows.get(number) is row]:
            del self._rows[number]

    def at(self, each: Transition) -> list[Row]:
        """The rows where something was lost or won by a transition."""
        numbers = {number: None for path in (*each.gone, *each.come) for number in self._at.get(path, ())}
        return [self._rows[number] for number in numbers if number in self._rows]

    def places(self) -> set[Path]:
        """Every place that has a row, and every place that it is in."""
        return {row.old[:length] for row in self for length in range(len(row.old) + 1)}
