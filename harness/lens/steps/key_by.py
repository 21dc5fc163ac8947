"""`key-by`: a list of objects becomes an object, each element under the value of one of its members."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.lens.steps.entries import Entries
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class KeyBy(BodyStep):
    """Keys are texts and unique, else the list stays. With `drop` the member leaves the element; with `value` only that
    member of the element stays."""

    name = "key-by"
    key: str
    drop: bool = False
    value: str = ""

    def edit(self) -> Edit:
        """Pure; see the class."""
        key, drop, inner = self.key, self.drop, self.value

        def key_by(value: Json, answer: Answer) -> Json:
            if not isinstance(value, list) or not all(
                isinstance(item, dict) and isinstance(item.get(key), str) for item in value
            ):
                return value
            if inner and not all(inner in item for item in value):
                return value
            keyed = {item[key]: item[inner] if inner else _element(item, key, drop) for item in value}
            return keyed if len(keyed) == len(value) else value

        return key_by

    def inverse(self) -> Entries:
        """The list again, in the object's order."""
        return Entries(at=self.at, key=self.key, add=self.drop, value=self.value, when=self.when)


def _element(item: dict[str, Json], key: str, drop: bool) -> dict[str, Json]:
    return {name: member for name, member in item.items() if name != key} if drop else item
