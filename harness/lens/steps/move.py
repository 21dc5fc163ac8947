"""`move`: a value goes from one place inside an object to another, deeper or shallower."""

from __future__ import annotations

from dataclasses import dataclass

from harness.lens.answer import ABSENT, Answer
from harness.lens.places import Edit, get
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json
from harness.model.paths import Path


@dataclass(frozen=True, kw_only=True)
class Move(BodyStep):
    """`from` and `to` are paths of member names inside the object at `at`, neither inside the other.

    Missing objects on the way are made, and objects that become empty stay, so that the inverse may leave an empty one more.
    Nothing happens where `from` is missing, `to` is taken, or something that is no object stands in the way.
    """

    name = "move"
    loss = Loss.RESTORABLE
    from_: Path
    to: Path

    def __post_init__(self) -> None:
        """Only member names can be moved between."""
        if not self.from_ or not self.to or not all(isinstance(step, str) for step in self.from_ + self.to):
            raise ValueError("from and to are paths of member names, such as $.meta.total")
        shared = min(len(self.from_), len(self.to))
        if self.from_[:shared] == self.to[:shared]:
            raise ValueError("from and to stand inside one another: plunge and hoist do that")

    def edit(self) -> Edit:
        """Pure; see the class."""
        source, target = self.from_, self.to

        def move(value: Json, answer: Answer) -> Json:
            moved = get(value, source)
            if moved is ABSENT or get(value, target) is not ABSENT:
                return value
            placed = _with_member(_without_member(value, source), target, moved)
            return value if placed is ABSENT else placed

        return move

    def undo(self) -> Move:
        """The other way round."""
        return Move(at=self.at, from_=self.to, to=self.from_, when=self.when)


def _without_member(value: dict[str, Json], path: Path) -> dict[str, Json]:
    """A copy of the object without the member at `path`, which exists; objects on the way are copied, others shared."""
    name, rest = path[0], path[1:]
    if not rest:
        return {key: item for key, item in value.items() if key != name}
    return {key: (_without_member(item, rest) if key == name else item) for key, item in value.items()}


def _with_member(value: Json, path: Path, member: Json) -> Json:
    """A copy of the object with `member` at `path`; ABSENT where something that is no object stands in the way."""
    if not isinstance(value, dict):
        return ABSENT
    name, rest = str(path[0]), path[1:]
    inner = _with_member(value.get(name, {}), rest, member) if rest else member
    return ABSENT if inner is ABSENT else {**value, name: inner}
