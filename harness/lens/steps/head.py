"""`head`: a list gives way to its only element."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Head(BodyStep):
    """The first element; with `empty`, null stands for an empty list, which else stays as it is."""

    name = "head"
    loss = Loss.RESTORABLE
    empty: bool = False

    def edit(self) -> Edit:
        """Pure; see the class."""
        empty = self.empty

        def head(value: Json, answer: Answer) -> Json:
            if not isinstance(value, list) or (not value and not empty):
                return value
            return value[0] if value else None

        return head
