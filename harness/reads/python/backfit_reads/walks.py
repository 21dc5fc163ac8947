"""What an iteration over an object's names was for: one that the same instruction goes on with by taking members is a copy.

`dict(x)`, `{**x}`, `f(**x)` and `x | y` ask for the keys and then for each member, all within one instruction of the
plugin's code; a loop takes members by other instructions.
"""

from __future__ import annotations

from typing import Sequence

from .frames import instruction
from .notebook import COPIED, ENUMERATED
from .places import Place, all_touched


class _Walk:
    def __init__(self, holder: object, places: Sequence[Place], where: str) -> None:
        self.holder = holder
        self.places = places
        self.where = where
        self.instruction = instruction()
        self.copying = False


_open: _Walk | None = None


def begin(holder: object, places: Sequence[Place], where: str) -> None:
    """The names of `holder`, whose members stand at `places`, are asked for from there in the plugin's code."""
    global _open
    settle()
    _open = _Walk(holder, places, where)


def copies(holder: object) -> bool:
    """Whether the instruction that asked for the names is what now takes a member by one."""
    walk = _open
    if walk is None or walk.holder is not holder or walk.instruction != instruction():
        return False
    if not walk.copying:
        walk.copying = True
        all_touched(walk.places, COPIED, walk.where)
    return True


def settle() -> None:
    """Nothing more comes of the open iteration: what was met in it is enumerated."""
    global _open
    walk, _open = _open, None
    if walk is not None and not walk.copying:
        all_touched(walk.places, ENUMERATED, walk.where)
