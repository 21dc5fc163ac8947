"""`unwrap`: an object gives way to one of its members (an envelope removed, an object's id picked)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Unwrap(BodyStep):
    """Leaves alone what is no object or lacks `key`. What stood beside the member is lost."""

    name = "unwrap"
    loss = Loss.RESTORABLE
    key: str

    def edit(self) -> Edit:
        """Pure; see the class."""
        key = self.key

        def unwrap(value: Json, answer: Answer) -> Json:
            return value[key] if isinstance(value, dict) and key in value else value

        return unwrap
