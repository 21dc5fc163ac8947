"""Where a place goes as a step is applied, and where it came from: what one can say from the step alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from harness.lens.step import BodyStep, Step
from harness.lens.steps.absolute import Absolute
from harness.lens.steps.copy import Copy
from harness.lens.steps.default import Default
from harness.lens.steps.drop import Drop
from harness.lens.steps.drop_header import DropHeader
from harness.lens.steps.head import Head
from harness.lens.steps.header_to_member import HeaderToMember
from harness.lens.steps.hoist import Hoist
from harness.lens.steps.listify import Listify
from harness.lens.steps.member_to_header import MemberToHeader
from harness.lens.steps.move import Move
from harness.lens.steps.names import Names
from harness.lens.steps.pick import Pick
from harness.lens.steps.plunge import Plunge
from harness.lens.steps.refuse import Refuse
from harness.lens.steps.relative import Relative
from harness.lens.steps.rename import Rename
from harness.lens.steps.rename_header import RenameHeader
from harness.lens.steps.replace import Replace
from harness.lens.steps.set_header import SetHeader
from harness.lens.steps.status import Status
from harness.lens.steps.unwrap import Unwrap
from harness.lens.steps.wrap import Wrap
from harness.model.paths import Path, format_path, parse_path
from harness.shims.addressed import addressed, covers, meet
from harness.shims.document import Learned, Lost

_MOVES: dict[type[Step], Callable[[Any], tuple[Path, Path]]] = {
    Rename: lambda step: ((step.from_,), (step.to,)),
    Move: lambda step: (step.from_, step.to),
    Unwrap: lambda step: ((step.key,), ()),
    Wrap: lambda step: ((), (step.key,)),
    Head: lambda step: ((0,), ()),
    Listify: lambda step: ((), (0,)),
}
"""What stands inside the first place (below `at`) stands inside the second one afterwards."""


@dataclass(frozen=True)
class Origin:
    """`place`: where a value stood before all steps, None where `source` says what it was made from instead.

    `by` are the steps that had a part in it, the first first; `changed`: not only its place is another.
    """

    place: Path | None
    source: str
    by: tuple[Learned, ...]
    changed: bool


def forward(step: Step, place: Path) -> Path | None:
    """Where what stands at a place stands after the step; None where it is gone."""
    if not isinstance(step, BodyStep):
        return place
    if isinstance(step, Drop) and not step.only_null and any(covers(at, place) for at in addressed(step)):
        return None
    if isinstance(step, Pick) and covers(step.at, place[:-1]) and place[len(step.at)] not in step.keys:
        return None
    before, after = _moved(step, place)
    return _carried(place, step.at, before, after) or place


def origin(steps: Sequence[Learned], place: Path, exists: Callable[[Path], bool] = lambda place: False) -> Origin:
    """Where what stands at a place after the steps came from. `exists` says whether NEW has a place, where that is known."""
    by: list[Learned] = []
    changed = False
    for learned in reversed(steps):
        step = learned.step
        if not isinstance(step, BodyStep) or isinstance(step, (Drop, Pick)):
            continue
        inside = place[: len(step.at) + 1]
        if isinstance(step, Copy) and covers((*step.at, step.to), inside):
            return Origin(None, step.from_, (learned, *reversed(by)), changed or bool(step.using))
        if isinstance(step, Replace) and covers(step.at, place):
            return Origin(None, "a constant", (learned, *reversed(by)), True)
        if isinstance(step, Default) and covers((*step.at, step.key), inside):
            by.append(learned)
            if not exists(place):
                return Origin(None, "a constant", tuple(reversed(by)), True)
            continue
        before, after = _moved(step, place, exists)
        came = _carried(place, step.at, after, before)
        if came is not None and came != place:
            by.append(learned)
            place = came
        elif type(step) not in _MOVES and any(covers(at, place) for at in addressed(step)):
            by.append(learned)
            changed = changed or not isinstance(step, (Hoist, Plunge))
    return Origin(place, "", tuple(reversed(by)), changed)


def carried_lost(steps: Sequence[Step], lost: Lost) -> Iterator[Lost]:
    """The lost place as it is called after the steps; none where they leave it out."""
    try:
        place = parse_path(lost.path)
    except ValueError:  # `header …`, `status`, `request …`: no step on the body moves it
        yield lost
        return
    for step in steps:
        moved = forward(step, place)
        if moved is None:
            return
        place = moved
    yield replace(lost, path=format_path(place))


def independent(one: Step, other: Step) -> bool:
    """Whether two steps do the same in any order: they edit different things, and neither looks at what the other edits."""
    if any(isinstance(a, Status) and b.when.status for a, b in ((one, other), (other, one))):
        return False
    if _asks_of_answer(one) or _asks_of_answer(other):
        return False
    mine, theirs = _edited(one), _edited(other)
    return not any(meet(at, place) for at in mine for place in theirs)


def _edited(step: Step) -> list[Path]:
    """What a step reads or writes, headers and the status as places of their own."""
    if isinstance(step, (DropHeader, SetHeader)):
        return [("header", step.header.lower())]
    if isinstance(step, Status):
        return [("status",)]
    return [("body", *at) for at in addressed(step)] if isinstance(step, BodyStep) else [()]


def _asks_of_answer(step: Step) -> bool:
    """Whether anything but the place that it edits decides what it does."""
    when = step.when
    if when.body or when.content_type or isinstance(step, _READ_ELSEWHERE):
        return True
    return isinstance(step, SetHeader) and bool(step.from_)


_READ_ELSEWHERE = (Absolute, Copy, HeaderToMember, MemberToHeader, Names, Refuse, Relative, RenameHeader)


def _moved(step: BodyStep, place: Path, exists: Callable[[Path], bool] = lambda place: False) -> tuple[Path, Path]:
    for kind, moves in _MOVES.items():
        if isinstance(step, kind):
            return moves(step)
    name = place[len(step.at) : len(step.at) + 1]
    if isinstance(step, Hoist) and not set(name) & set(step.keep):
        inside = (*step.at, step.key, *place[len(step.at) :])
        return ((step.key,), ()) if step.alone or exists(inside) or name == (step.key,) else ((), ())
    if isinstance(step, Plunge) and not set(name) & set(step.keep):
        return ((), (step.into,))
    return ((), ())


def _carried(place: Path, at: Path, source: Path, target: Path) -> Path | None:
    """`place` inside (at, source) as one inside (at, target); None where it is elsewhere."""
    depth = len(at) + len(source)
    if not covers((*at, *source), place):
        return None
    return (*place[: len(at)], *target, *place[depth:])
