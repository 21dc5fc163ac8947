"""`without`: elements that OLD's list never had are left out."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.form import is_value
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json, serialize


@dataclass(frozen=True, kw_only=True)
class Without(BodyStep):
    """Drops a list's elements that are one of the scalars `values`; with `key`, the objects whose member `key` is one of them.

    Scalars are compared as they are written: 1, 1.0, "1" and true are four.
    """

    name = "without"
    loss = Loss.LOST
    values: tuple[Json, ...]
    key: str = ""

    def __post_init__(self) -> None:
        """Scalars, one or more."""
        if not self.values:
            raise ValueError("values is one or more scalars")
        for value in self.values:
            is_value(value)

    def edit(self) -> Edit:
        """Pure; see the class."""
        key, unwanted = self.key, frozenset(serialize(value) for value in self.values)

        def goes(item: Json) -> bool:
            if key:
                return isinstance(item, dict) and key in item and is_unwanted(item[key])
            return is_unwanted(item)

        def is_unwanted(value: Json) -> bool:
            return not isinstance(value, (dict, list)) and serialize(value) in unwanted

        def without(value: Json, answer: Answer) -> Json:
            if not isinstance(value, list):
                return value
            kept = [item for item in value if not goes(item)]
            return value if len(kept) == len(value) else kept

        return without
