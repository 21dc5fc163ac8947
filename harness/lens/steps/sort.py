"""`sort`: a list's elements stand in OLD's order, by one of their members."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.condition import json_type
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Sort(BodyStep):
    """`by` names a member, "" the element itself. Only where all keys are numbers or all are texts.

    Equal keys keep their order, `descending` too. Numbers go by value, texts by their characters' code points.
    """

    name = "sort"
    loss = Loss.RESTORABLE
    by: str = ""
    descending: bool = False

    def edit(self) -> Edit:
        """Pure; see the class."""
        by, descending = self.by, self.descending

        def sort(value: Json, answer: Answer) -> Json:
            if not isinstance(value, list) or len(value) < 2:
                return value
            if by and not all(isinstance(item, dict) and by in item for item in value):
                return value
            keys = [item[by] if by else item for item in value]
            if {json_type(key) for key in keys} not in ({"number"}, {"string"}):
                return value
            order = sorted(range(len(value)), key=keys.__getitem__, reverse=descending)
            return value if order == list(range(len(value))) else [value[at] for at in order]

        return sort
