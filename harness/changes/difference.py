"""A raw difference: what stays when every step was applied. The kinds that explain nothing name it, the most exact first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from harness.model.json_text import Json


class Differs(Enum):
    """What differs: scalars of one type, values of two types, a member that is gone or came, a list's order or elements, the
    entries of a map, a header.
    """

    VALUE = "value"
    FORM = "form"
    GONE = "gone"
    CAME = "came"
    ORDER = "order"
    ELEMENTS = "elements"
    ENTRIES = "entries"
    HEADER = "header"


@dataclass(frozen=True)
class Difference:
    """`pairs` are (OLD, NEW) where they differ, with ABSENT for what is not there; `others` where the place does not differ.

    `name` is the member's or the header's (in lower case), "" where it has none. `answers` counts the answers with `pairs`.
    """

    differs: Differs
    pairs: Sequence[tuple[Json, Json]]
    others: Sequence[tuple[Json, Json]] = ()
    name: str = ""
    answers: int = 1

    @property
    def often(self) -> str:
        """`3 answers`."""
        return f"{self.answers} answer{'s' if self.answers != 1 else ''}"


Name = Callable[[Difference], str | None]
"""The message under which a kind reports a difference; None where it is not of this kind."""
