"""`scatter`: an object becomes a list of one-member objects."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import merge
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Scatter(BodyStep):
    """Members that `lists` names and that hold a list give an object for each of its elements, none for an empty one."""

    name = "scatter"
    loss = Loss.RESTORABLE
    lists: tuple[str, ...] = ()

    def edit(self) -> Edit:
        """Pure; see the class."""
        lists = frozenset(self.lists)

        def scatter(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict):
                return value
            scattered: list[Json] = []
            for name, member in value.items():
                each = member if name in lists and isinstance(member, list) else [member]
                scattered += [{name: item} for item in each]
            return scattered

        return scatter

    def undo(self) -> merge.Merge:
        """One object again; an empty list in it is forgotten."""
        return merge.Merge(at=self.at, lists=self.lists, when=self.when)
