"""`entries`: an object used as a map becomes the list of its values."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Entries(BodyStep):
    """With `add` each element gets its key as first member `key`; with `value` an element is `{key: …, value: …}`.

    Without `value` every member must be an object, else the map stays as it is.
    """

    name = "entries"
    key: str = ""
    add: bool = False
    value: str = ""

    def edit(self) -> Edit:
        """Pure; see the class."""
        key, add, inner = self.key, self.add, self.value

        def entries(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict):
                return value
            if inner:
                return [{key: name, inner: item} for name, item in value.items()]
            if not all(isinstance(item, dict) for item in value.values()):
                return value
            return [{key: name, **item} if add else item for name, item in value.items()]

        return entries
