"""`head`: a list gives way to its first element."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.condition import json_type
from harness.lens.parameters import checked_types
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import listify
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Head(BodyStep):
    """The first element; what stood behind it is lost. With `empty`, null stands for an empty list, which else stays as it is.

    With `only`, the list has one element, of one of those JSON types, as `listify` makes it: then nothing is lost.
    """

    name = "head"
    empty: bool = False
    only: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """`only` is what `listify` takes, and says nothing of an empty list."""
        if self.only:
            checked_types(self.only)
        if self.only and (self.empty or "array" in self.only):
            raise ValueError("only goes neither with empty nor with lists of lists")

    @property
    def loss(self) -> Loss:
        """Nothing, where the element stood alone."""
        return Loss.ISO if self.only else Loss.RESTORABLE

    def edit(self) -> Edit:
        """Pure; see the class."""
        empty, only = self.empty, frozenset(self.only)

        def head(value: Json, answer: Answer) -> Json:
            if not isinstance(value, list) or (not value and not empty):
                return value
            if only and (len(value) > 1 or json_type(value[0]) not in only):
                return value
            return value[0] if value else None

        return head

    def undo(self) -> listify.Listify | None:
        """The element alone goes into a list again."""
        return listify.Listify(at=self.at, only=self.only, when=self.when) if self.only else None
