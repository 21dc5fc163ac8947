"""`split`: a text becomes the list of its parts."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import join
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Split(BodyStep):
    """The parts between the separators `by`; an empty text is an empty list. Only texts are split."""

    name = "split"
    loss = Loss.RESTORABLE
    by: str

    def __post_init__(self) -> None:
        """Nothing can be split by nothing."""
        if not self.by:
            raise ValueError("by is one or more characters")

    def edit(self) -> Edit:
        """Pure; see the class."""
        by = self.by

        def split(value: Json, answer: Answer) -> Json:
            if not isinstance(value, str):
                return value
            return value.split(by) if value else []

        return split

    def undo(self) -> join.Join:
        """The text again."""
        return join.Join(at=self.at, by=self.by, when=self.when)
