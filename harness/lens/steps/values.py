"""`values`: an object becomes the list of its values (a row, a tuple)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import names
from harness.model.json_text import Json


@dataclass(frozen=True, kw_only=True)
class Values(BodyStep):
    """With `keys`, those in that order, where the object has them all; without, all in the object's own order.

    With `alone`, only of an object that has no other members, as `names` makes it: then nothing is lost.
    """

    name = "values"
    keys: tuple[str, ...] = ()
    alone: bool = False

    def __post_init__(self) -> None:
        """`alone` speaks of `keys`."""
        if self.alone and not 0 < len(self.keys) == len(set(self.keys)):
            raise ValueError("alone needs keys, each once")

    @property
    def loss(self) -> Loss:
        """Nothing, where the names are known and no other member was there."""
        return Loss.ISO if self.alone else Loss.RESTORABLE if self.keys else Loss.LOST

    def edit(self) -> Edit:
        """Pure; see the class."""
        keys, alone = self.keys, self.alone

        def values(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or (alone and len(value) != len(keys)):
                return value
            if not keys:
                return list(value.values())
            return [value[key] for key in keys] if all(key in value for key in keys) else value

        return values

    def undo(self) -> names.Names | None:
        """Names are known only where `keys` says them."""
        return names.Names(at=self.at, keys=self.keys, when=self.when) if self.keys else None
