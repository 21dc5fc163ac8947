"""`rename`: a member of an object takes another name and keeps its place."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Rename(BodyStep):
    """Leaves an object alone that lacks `from` or has `to` already."""

    name = "rename"
    from_: str
    to: str

    def edit(self) -> Edit:
        """Pure; see the class."""
        source, target = self.from_, self.to

        def rename(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or source not in value or target in value:
                return value
            return {(target if key == source else key): item for key, item in value.items()}

        return rename

    def undo(self) -> Rename:
        """The other way round."""
        return Rename(at=self.at, from_=self.to, to=self.from_, when=self.when)
