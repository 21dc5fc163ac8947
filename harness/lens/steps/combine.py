"""`combine`: several text members become one (`first` and `last` become `name`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import divide
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Combine(BodyStep):
    """The members `from`, in that order and with `by` between them, become member `to`, where the first of them stood.

    Leaves an object alone that lacks one of them, has another value than a text there, or has `to` already.
    """

    name = "combine"
    loss = Loss.RESTORABLE
    from_: tuple[str, ...]
    by: str
    to: str

    def __post_init__(self) -> None:
        """There is something to combine."""
        if len(set(self.from_)) < 2 or len(set(self.from_)) != len(self.from_):
            raise ValueError("from is two or more different names")

    def edit(self) -> Edit:
        """Pure; see the class."""
        sources, by, target = self.from_, self.by, self.to

        def combine(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or (target in value and target not in sources):
                return value
            parts = [value.get(name) for name in sources]
            if not all(isinstance(part, str) for part in parts):
                return value
            text = by.join(str(part) for part in parts)
            if not answer.takes(len(text)):
                return value
            combined: dict[str, Json] = {}
            for key, item in value.items():
                if key not in sources:
                    combined[key] = item
                elif target not in combined:
                    combined[target] = text
            return combined

        return combine

    def undo(self) -> divide.Divide | None:
        """The parts in members of their own again, where something stood between them."""
        if not self.by:
            return None
        return divide.Divide(at=self.at, from_=self.to, by=self.by, to=self.from_, when=self.when)
