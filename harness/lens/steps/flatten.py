"""`flatten`: a list of lists becomes one list, the inner lists one behind the other."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Flatten(BodyStep):
    """Only a list that holds lists and nothing else, and at least one. Where one ended and the next began is forgotten."""

    name = "flatten"
    loss = Loss.LOST

    def edit(self) -> Edit:
        """Pure; see the class."""

        def flatten(value: Json, answer: Answer) -> Json:
            if not isinstance(value, list) or not value or not all(isinstance(item, list) for item in value):
                return value
            return [inner for item in value for inner in item]

        return flatten
