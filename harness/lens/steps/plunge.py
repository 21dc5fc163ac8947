"""`plunge`: members of an object move down into an object of their own (`{id, a}` becomes `{id, attributes: {a}}`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.lens.steps import hoist
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Plunge(BodyStep):
    """All members move but those that `keep` names. Leaves an object alone that has `into` already or nothing to move."""

    name = "plunge"
    into: str
    keep: tuple[str, ...] = ()

    def edit(self) -> Edit:
        """Pure; see the class."""
        into, keep = self.into, frozenset(self.keep)

        def plunge(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or into in value:
                return value
            inner = {name: item for name, item in value.items() if name not in keep}
            return {name: item for name, item in value.items() if name in keep} | {into: inner} if inner else value

        return plunge

    def undo(self) -> hoist.Hoist:
        """Up again."""
        return hoist.Hoist(at=self.at, key=self.into, keep=self.keep, alone=True, when=self.when)
