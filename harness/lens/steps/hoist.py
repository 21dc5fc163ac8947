"""`hoist`: an object's members move up into the object that holds it (`{id, attributes: {a}}` becomes `{id, a}`)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.lens.steps import plunge
from harness.model.json_text import Json

Members = dict[str, Json]


@dataclass(frozen=True, kw_only=True)
class Hoist(BodyStep):
    """Leaves an object alone whose member `key` is no object or has a name that is taken.

    With `alone`, nothing but members that `keep` names stands beside `key`, and something else, but no `key`, stands inside,
    as `plunge` makes it: then nothing is lost.
    """

    name = "hoist"
    key: str
    keep: tuple[str, ...] = ()
    alone: bool = False

    def __post_init__(self) -> None:
        """`keep` speaks of what stands beside."""
        if self.keep and not self.alone:
            raise ValueError("keep needs alone")

    @property
    def loss(self) -> Loss:
        """Which members stood inside, unless that is known."""
        return Loss.ISO if self.alone else Loss.RESTORABLE

    def edit(self) -> Edit:
        """Pure; see the class."""
        key = self.key

        def hoist(value: Json, answer: Answer) -> Json:
            if not isinstance(value, dict) or not isinstance(inner := value.get(key), dict):
                return value
            outer = {name: item for name, item in value.items() if name != key}
            if any(name in outer for name in inner) or not self._fits(outer, inner):
                return value
            return outer | inner

        return hoist

    def undo(self) -> plunge.Plunge | None:
        """Down again, where it is known which members."""
        return plunge.Plunge(at=self.at, into=self.key, keep=self.keep, when=self.when) if self.alone else None

    def _fits(self, outer: Members, inner: Members) -> bool:
        if not self.alone:
            return True
        keep = frozenset(self.keep)
        return bool(inner) and self.key not in inner and keep.issuperset(outer) and keep.isdisjoint(inner)
