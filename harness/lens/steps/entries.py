"""`entries`: an object used as a map becomes the list of its values."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import key_by
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Entries(BodyStep):
    """With `value` an element is `{key: name, value: …}`. Else every member must be an object, or the map stays as it is.

    With `add` its name becomes the element's first member `key`, which no element may have yet. With `key` alone, every
    element must hold its own name there already. With none of the three the names are lost.
    """

    name = "entries"
    key: str = ""
    add: bool = False
    value: str = ""

    def __post_init__(self) -> None:
        """The name and the value need a member each."""
        if self.value and (self.add or self.value == self.key):
            raise ValueError("value names another member than key, and goes without add")

    @property
    def loss(self) -> Loss:
        """The names, where no member holds them."""
        return Loss.ISO if self.key or self.add or self.value else Loss.LOST

    def edit(self) -> Edit:
        """Pure; see the class."""
        key, add, inner = self.key, self.add, self.value

        def entries(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict):
                return value
            if inner:
                return [{key: name, inner: item} for name, item in value.items()]
            if not all(self._fits(name, item) for name, item in value.items()):
                return value
            return [{key: name, **item} if add else item for name, item in value.items()]

        return entries

    def undo(self) -> key_by.KeyBy | None:
        """The map again, where an element holds its name."""
        if self.loss is Loss.LOST:
            return None
        return key_by.KeyBy(
            at=self.at, key=self.key, drop=self.add, value=self.value, alone=bool(self.value), when=self.when
        )

    def _fits(self, name: str, item: Json) -> bool:
        if not isinstance(item, dict) or (self.add and self.key in item):
            return False
        return self.add or not self.key or item.get(self.key) == name
