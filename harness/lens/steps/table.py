"""`table`: values are replaced one for one (an enumeration's names, null for an empty text)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import ABSENT, Answer
from harness.lens.places import Edit
from harness.lens.rebuild import rebuilt
from harness.lens.room import own_copy
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json, serialize


@dataclass(frozen=True, kw_only=True)
class Table(BodyStep):
    """`rows` are pairs (NEW's value, OLD's value). A value that is in no row stays as it is.

    NEW's values are scalars, [] or {}, and are looked up as they are written: 1, 1.0, 1e0, "1" and true are five values.
    """

    name = "table"
    rows: tuple[tuple[Json, Json], ...]

    def __post_init__(self) -> None:
        """Each NEW value has one OLD value."""
        if any(isinstance(new, (list, dict)) and new for new, _ in self.rows):
            raise ValueError("a new value is a scalar, [] or {}")
        if len({serialize(new) for new, _ in self.rows}) != len(self.rows):
            raise ValueError("a value stands in two rows")

    @property
    def loss(self) -> Loss:
        """Where two values were merged, nothing tells them apart."""
        return Loss.ISO if self._exchanged() else Loss.LOST

    def edit(self) -> Edit:
        """Pure; see the class. Each answer gets a value of its own."""
        table = {_written(new): rebuilt(old) for new, old in self.rows if serialize(new) != serialize(old)}

        def look_up(value: Json, answer: Answer) -> Json:
            written = value if type(value) is str else _written(value)
            if written not in table:
                return value
            copied = own_copy(table[written], answer)
            return value if copied is ABSENT else copied

        return look_up

    def undo(self) -> Table | None:
        """The columns exchanged, where that is a table."""
        return self._exchanged()

    def _exchanged(self) -> Table | None:
        try:
            return Table(at=self.at, rows=tuple((old, new) for new, old in self.rows), when=self.when)
        except ValueError:
            return None


def _written(value: Json) -> str | bytes:
    """What tells a value from all others: a text is itself, anything else its JSON; nothing, for what is in no table."""
    if isinstance(value, str):
        return value
    return b"" if isinstance(value, (list, dict)) and value else serialize(value)
