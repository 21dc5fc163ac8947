"""`values`: an object becomes the list of its values (a row, a tuple)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss, Step
from harness.lens.steps.names import Names
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Values(BodyStep):
    """With `keys`, those in that order, where the object has them all; without, all in the object's own order."""

    name = "values"
    loss = Loss.RESTORABLE
    keys: tuple[str, ...] = ()

    def edit(self) -> Edit:
        """Pure; see the class."""
        keys = self.keys

        def values(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict):
                return value
            if not keys:
                return list(value.values())
            return [value[key] for key in keys] if all(key in value for key in keys) else value

        return values

    def inverse(self) -> Step | None:
        """Names are known only where `keys` says them."""
        return Names(at=self.at, keys=self.keys, when=self.when) if self.keys else None
