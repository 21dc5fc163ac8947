"""`hoist`: an object's members move up into the object that holds it (`{id, attributes: {a}}` becomes `{id, a}`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Hoist(BodyStep):
    """Leaves an object alone whose member `key` is no object or has a name that is taken."""

    name = "hoist"
    loss = Loss.RESTORABLE
    key: str

    def edit(self) -> Edit:
        """Pure; see the class."""
        key = self.key

        def hoist(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or not isinstance(inner := value.get(key), dict):
                return value
            if any(name in value and name != key for name in inner):
                return value
            return {name: item for name, item in value.items() if name != key} | inner

        return hoist
