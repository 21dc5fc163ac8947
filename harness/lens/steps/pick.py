"""`pick`: only the members that OLD had stay."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Pick(BodyStep):
    """Keeps the members of an object that `keys` names, in the object's own order; what else it has is lost."""

    name = "pick"
    loss = Loss.LOST
    keys: tuple[str, ...]

    def edit(self) -> Edit:
        """Pure; see the class."""
        keys = frozenset(self.keys)

        def pick(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or keys.issuperset(value):
                return value
            return {key: item for key, item in value.items() if key in keys}

        return pick
