"""`wrap`: a value is put into an object, as its only member."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.condition import json_type
from harness.lens.parameters import checked_types
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.lens.steps import unwrap
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Wrap(BodyStep):
    """Only values of the JSON types in `only` are wrapped, so that an answer that is not bare stays as it is."""

    name = "wrap"
    key: str
    only: tuple[str, ...]

    def __post_init__(self) -> None:
        """Some types, and known ones."""
        checked_types(self.only)

    def edit(self) -> Edit:
        """Pure; see the class."""
        key, only = self.key, frozenset(self.only)

        def wrap(value: Json, answer: Answer) -> Json:
            return {key: value} if json_type(value) in only else value

        return wrap

    def undo(self) -> unwrap.Unwrap:
        """The member comes out again."""
        return unwrap.Unwrap(at=self.at, key=self.key, only=self.only, when=self.when)
