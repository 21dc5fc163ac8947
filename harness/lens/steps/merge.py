"""`merge`: a list of objects becomes one object with all their members."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import scatter
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Merge(BodyStep):
    """A name that several elements have holds the list of their values when `lists` names it; else the list stays.

    An empty list stays too: nothing says that it is one of objects.
    """

    name = "merge"
    loss = Loss.RESTORABLE
    lists: tuple[str, ...] = ()

    def edit(self) -> Edit:
        """Pure; see the class."""
        lists = frozenset(self.lists)

        def merge(value: Json, answer: Answer) -> Json:
            if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
                return value
            merged: dict[str, Json] = {}
            for item in value:
                for name, member in item.items():
                    if name in lists:
                        merged.setdefault(name, []).append(member)
                    elif name in merged:
                        return value
                    else:
                        merged[name] = member
            return merged

        return merge

    def undo(self) -> scatter.Scatter:
        """One member an element: which of them stood together is forgotten."""
        return scatter.Scatter(at=self.at, lists=self.lists, when=self.when)
