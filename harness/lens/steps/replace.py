"""`replace`: whatever stands at the place gives way to one value (a constant that changed, an answer emptied)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json, parse, serialize


@dataclass(frozen=True, kw_only=True)
class Replace(BodyStep):
    """Every value at `at` becomes `value`."""

    name = "replace"
    loss = Loss.LOST
    value: Json

    def edit(self) -> Edit:
        """Pure; see the class."""
        text = serialize(self.value)
        return lambda value, answer: parse(text)
