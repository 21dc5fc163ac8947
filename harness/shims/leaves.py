"""An answer as its leaves, so that two answers are compared place by place: the measure of what a shim restores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.changes.agreement import same
from harness.lens.answer import ABSENT
from harness.model.json_text import Json

Pointer = tuple[str | int, ...]


@dataclass(frozen=True)
class Compared:
    """Leaves of OLD's answer that the other has as well (`equal`), has with another value (`wrong`), or lacks (`missing`)."""

    equal: frozenset[Pointer]
    wrong: frozenset[Pointer]
    missing: frozenset[Pointer]
    extra: frozenset[Pointer]

    @property
    def leaves(self) -> int:
        """How many OLD has."""
        return len(self.equal) + len(self.wrong) + len(self.missing)


def compare(old: Json, other: Json) -> Compared:
    """Place by place. A body that is no JSON is ABSENT and has no leaves."""
    ours = dict(leaves(old)) if old is not ABSENT else {}
    theirs = dict(leaves(other)) if other is not ABSENT else {}
    equal = frozenset(at for at, value in ours.items() if at in theirs and same(value, theirs[at]))
    wrong = frozenset(at for at in ours if at in theirs and at not in equal)
    return Compared(equal, wrong, frozenset(ours.keys() - theirs.keys()), frozenset(theirs.keys() - ours.keys()))


def leaves(value: Json, at: Pointer = ()) -> Iterator[tuple[Pointer, Json]]:
    """Every scalar and every empty container with its place, in document order."""
    stack: list[tuple[Pointer, Json]] = [(at, value)]
    while stack:
        place, item = stack.pop()
        if isinstance(item, dict) and item:
            stack.extend(((*place, key), inner) for key, inner in reversed(item.items()))
        elif isinstance(item, list) and item:
            stack.extend(((*place, position), item[position]) for position in range(len(item) - 1, -1, -1))
        else:
            yield place, item
