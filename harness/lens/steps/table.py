"""`table`: values are replaced one for one (an enumeration's names, null for an empty text)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.model.json_text import Json, serialize


@dataclass(frozen=True, kw_only=True)
class Table(BodyStep):
    """`rows` are pairs (NEW's value, OLD's value). A value that is in no row stays as it is; 1, 1.0 and true are three values."""

    name = "table"
    rows: tuple[tuple[Json, Json], ...]

    def __post_init__(self) -> None:
        """Each NEW value has one OLD value."""
        if any(not isinstance(row, tuple) or len(row) != 2 for row in self.rows):
            raise ValueError("rows are pairs: [new value, old value]")
        if len({serialize(_plain(new)) for new, _ in self.rows}) != len(self.rows):
            raise ValueError("a value stands in two rows")

    def edit(self) -> Edit:
        """Pure; see the class."""
        table = {_identity(_plain(new)): _plain(old) for new, old in self.rows}

        def look_up(value: Json, answer: Answer) -> Json:
            if isinstance(value, (list, dict)) and value:
                return value
            return table.get(_identity(value), value)

        return look_up

    def inverse(self) -> Table | None:
        """The columns exchanged, where no two values were merged."""
        try:
            return Table(at=self.at, rows=tuple((old, new) for new, old in self.rows), when=self.when)
        except ValueError:
            return None


def _identity(value: Json) -> tuple[type, Json]:
    return (type(value), None) if isinstance(value, (list, dict)) else (type(value), value)


def _plain(value: Json) -> Json:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
