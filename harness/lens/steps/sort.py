"""`sort`: a list's elements stand in OLD's order, by one of their members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from harness.lens.answer import Answer
from harness.lens.condition import json_type
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Sort(BodyStep):
    """Stable. `by` names a member, "" the element itself. Only where all keys are numbers or all are texts."""

    name = "sort"
    loss = Loss.RESTORABLE
    by: str = ""
    descending: bool = False

    def edit(self) -> Edit:
        """Pure; see the class."""
        by, descending = self.by, self.descending

        def key(item: Json) -> Any:
            return item[by] if by else item

        def sort(value: Json, answer: Answer) -> Json:
            if not isinstance(value, list) or len(value) < 2:
                return value
            if by and not all(isinstance(item, dict) and by in item for item in value):
                return value
            kinds = {json_type(key(item)) for item in value}
            if kinds not in ({"number"}, {"string"}):
                return value
            ordered = sorted(value, key=key, reverse=descending)
            return value if all(left is right for left, right in zip(ordered, value, strict=True)) else ordered

        return sort
