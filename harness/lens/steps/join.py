"""`join`: a list of texts becomes one text."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import split
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Join(BodyStep):
    """The elements with `by` between them. A list that holds anything but texts stays as it is."""

    name = "join"
    loss = Loss.RESTORABLE
    by: str

    def edit(self) -> Edit:
        """Pure; see the class."""
        by = self.by

        def join(value: Json, answer: Answer) -> Json:
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                return value
            text = by.join(value)
            return text if answer.takes(len(text)) else value

        return join

    def undo(self) -> split.Split | None:
        """The list again, where something stood between the elements and in none of them."""
        return split.Split(at=self.at, by=self.by, when=self.when) if self.by else None
