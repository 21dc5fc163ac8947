"""`unwrap`: an object gives way to one of its members (an envelope removed, an object's id picked)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.condition import json_type
from harness.lens.parameters import checked_types
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import wrap
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Unwrap(BodyStep):
    """Leaves alone what is no object or lacks `key`. What stood beside the member is lost.

    With `only`, the member stands alone and has one of those JSON types, as `wrap` makes it: then nothing is lost.
    """

    name = "unwrap"
    key: str
    only: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Known types."""
        if self.only:
            checked_types(self.only)

    @property
    def loss(self) -> Loss:
        """Nothing, where the member stood alone."""
        return Loss.ISO if self.only else Loss.RESTORABLE

    def edit(self) -> Edit:
        """Pure; see the class."""
        key, only = self.key, frozenset(self.only)

        def unwrap(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or key not in value:
                return value
            if only and (len(value) > 1 or json_type(value[key]) not in only):
                return value
            return value[key]

        return unwrap

    def undo(self) -> wrap.Wrap | None:
        """The member alone goes into its object again."""
        return wrap.Wrap(at=self.at, key=self.key, only=self.only, when=self.when) if self.only else None
