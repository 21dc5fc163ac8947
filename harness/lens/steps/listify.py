"""`listify`: a value becomes a list of one."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.condition import json_type
from harness.lens.parameters import checked_types
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.lens.steps import head
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Listify(BodyStep):
    """Only values of the JSON types in `only`; a list is never wrapped again."""

    name = "listify"
    only: tuple[str, ...]

    def __post_init__(self) -> None:
        """A list in a list would not be seen to be wrapped."""
        checked_types(self.only)
        if "array" in self.only:
            raise ValueError("listify leaves lists alone")

    def edit(self) -> Edit:
        """Pure; see the class."""
        only = frozenset(self.only)

        def listify(value: Json, answer: Answer) -> Json:
            return [value] if json_type(value) in only else value

        return listify

    def undo(self) -> head.Head:
        """The element comes out again."""
        return head.Head(at=self.at, only=self.only, when=self.when)
