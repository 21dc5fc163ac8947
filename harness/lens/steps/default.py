"""`default`: a member that OLD always had, and NEW leaves out in a known case, gets the value that OLD had in that case."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import ABSENT, Answer
from harness.lens.places import Edit
from harness.lens.rebuild import rebuilt
from harness.lens.room import own_copy
from harness.lens.step import BodyStep, Loss
from harness.lens.steps.drop import Drop
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Default(BodyStep):
    """Adds a last member `key` with the value `value` to the object at `at`, where it is missing; null is not missing."""

    name = "default"
    loss = Loss.RESTORABLE
    key: str
    value: Json

    def edit(self) -> Edit:
        """Pure; see the class. Each answer gets a value of its own."""
        key, default = self.key, rebuilt(self.value)

        def fill(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or key in value:
                return value
            copied = own_copy(default, answer)
            return value if copied is ABSENT else {**value, key: copied}

        return fill

    def undo(self) -> Drop:
        """NEW leaves the member out."""
        return Drop(at=self.at, keys=(self.key,), when=self.when)
