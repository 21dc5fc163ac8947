"""`drop`: members that OLD never had are left out."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Drop(BodyStep):
    """Drops the members named in `keys`; with `only_null`, those that are null."""

    name = "drop"
    loss = Loss.LOST
    keys: tuple[str, ...]
    only_null: bool = False

    def edit(self) -> Edit:
        """Pure; see the class."""
        keys, only_null = frozenset(self.keys), self.only_null

        def goes(key: str, item: Json) -> bool:
            return key in keys and (item is None or not only_null)

        def drop(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or not any(goes(key, item) for key, item in value.items()):
                return value
            return {key: item for key, item in value.items() if not goes(key, item)}

        return drop
