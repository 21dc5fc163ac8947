"""Which places of an answer's body a step may change: what it does not address must come out as it went in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from harness.lens.step import BodyStep, Step
from harness.lens.steps.combine import Combine
from harness.lens.steps.copy import Copy
from harness.lens.steps.default import Default
from harness.lens.steps.divide import Divide
from harness.lens.steps.drop import Drop
from harness.lens.steps.drop_header import DropHeader
from harness.lens.steps.header_to_member import HeaderToMember
from harness.lens.steps.member_to_header import MemberToHeader
from harness.lens.steps.move import Move
from harness.lens.steps.rename import Rename
from harness.lens.steps.rename_header import RenameHeader
from harness.lens.steps.set_header import SetHeader
from harness.lens.steps.status import Status
from harness.model.paths import ANY, EACH, Path

_MEMBERS: Mapping[type[Step], Callable[[Any], Iterable[Path]]] = {
    Combine: lambda step: [(name,) for name in (*step.from_, step.to)],
    Copy: lambda step: [(step.to,)],
    Default: lambda step: [(step.key,)],
    Divide: lambda step: [(name,) for name in (step.from_, *step.to)],
    Drop: lambda step: [(name,) for name in step.keys],
    HeaderToMember: lambda step: [(step.key,)],
    MemberToHeader: lambda step: [(step.key,)],
    Move: lambda step: [step.from_, step.to],
    Rename: lambda step: [(step.from_,), (step.to,)],
}
"""Steps that edit named members of the object at `at`, and leave its other members as they are."""

_BODILESS = (DropHeader, RenameHeader, SetHeader, Status)


def addressed(step: Step) -> Iterator[Path]:
    """Templates: the step changes nothing but what stands there, inside, or around (a container that was empty)."""
    members = next((named for kind, named in _MEMBERS.items() if isinstance(step, kind)), None)
    if isinstance(step, BodyStep):
        yield from ((*step.at, *inner) for inner in members(step)) if members else (step.at,)
    elif not isinstance(step, _BODILESS):
        yield ()  # an edit that is not known may be anywhere


def meet(one: Path, other: Path) -> bool:
    """Whether one of two places, templates or not, is the other, or stands inside it."""
    return all(map(_may_be_one, one, other))


def covers(template: Path, at: Path) -> bool:
    """Whether a place is what a template names, or stands inside it."""
    return len(template) <= len(at) and meet(template, at)


def _may_be_one(one: object, other: object) -> bool:
    if one == other:
        return True
    if isinstance(one, str) or isinstance(other, str):
        return ANY in (one, other)
    return EACH in (one, other) or _from_the_end(one) or _from_the_end(other)


def _from_the_end(step: object) -> bool:
    """`[-1]` may be any element."""
    return isinstance(step, int) and step < 0
