"""An object with a mark in the place of each value. Steps that look at nothing but names move the marks about, and where these
end up says how every object with the same names is put together (harness.lens.plan makes a function of it).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from harness.lens.answer import ABSENT, Answer
from harness.lens.places import Edit, get
from harness.lens.step import BodyStep
from harness.lens.steps.affix import Affix
from harness.lens.steps.convert import Convert
from harness.lens.steps.default import Default
from harness.lens.steps.drop import Drop
from harness.lens.steps.hoist import Hoist
from harness.lens.steps.move import Move
from harness.lens.steps.pick import Pick
from harness.lens.steps.plunge import Plunge
from harness.lens.steps.rename import Rename
from harness.lens.steps.table import Table
from harness.lens.steps.values import Values
from harness.lens.steps.zone import Zone
from harness.model.json_text import Json
from harness.model.paths import Path

Names = tuple[str, ...]

BY_NAME = (Default, Drop, Hoist, Move, Pick, Plunge, Rename, Values)
"""Steps that look at an object's names, and at which of some members are objects (`_looks`), but at no other value."""
ON_SCALARS = (Affix, Convert, Table, Zone)
"""Steps that turn one value into another and look at nothing else."""


@dataclass(frozen=True)
class Mark:
    """The value that stands at `path` in the object as it comes, after `edits`."""

    path: Path
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Sketch:
    """What steps make of an object whose names at each path of `shapes` are these; None where no object stands there.

    `result` is a JSON value with marks in it; `edits` says how many steps changed something whatever the values are, `room`
    how much of the answer's they took.
    """

    shapes: dict[Path, Names | None]
    result: Any
    edits: int
    room: int


class Unplanned(Exception):
    """What the steps make of an object depends on more than its names."""


class _Inside(Exception):
    """A step looks into the value that stands at this path in the object as it comes."""


def is_by_shape(step: BodyStep) -> bool:
    """Whether a sketch can tell what the step does."""
    if isinstance(step, Drop):
        return not step.only_null
    return isinstance(step, (*BY_NAME, *ON_SCALARS))


def sketched(steps: Sequence[tuple[Path, BodyStep]], members: dict[str, Json]) -> Sketch:
    """What the steps, each at a path of names inside the object, make of all objects of this one's shape.

    Raises Unplanned.
    """
    looked: set[Path] = {()}
    while True:
        try:
            return _run(steps, members, looked)
        except _Inside as found:
            looked.add(found.args[0])


def _run(steps: Sequence[tuple[Path, BodyStep]], members: dict[str, Json], looked: set[Path]) -> Sketch:
    shapes: dict[Path, Names | None] = {}
    top: list[Any] = [_marked(members, (), looked, shapes)]
    probe = Answer(0, [])
    room = probe.room
    for at, step in steps:
        place = (0, *at)
        for end in range(1, len(place)):
            _see(get(top, place[:end]), shapes)
        value = get(top, place)
        if value is ABSENT:
            continue
        get(top, place[:-1])[place[-1]] = _edited(step, value, probe, shapes)
    return Sketch(shapes, top[0], probe.edits, room - probe.room)


def _marked(value: Json, path: Path, looked: set[Path], shapes: dict[Path, Names | None]) -> Any:
    if path not in looked:
        return Mark(path)
    shapes[path] = tuple(value) if isinstance(value, dict) else None
    if not isinstance(value, dict):
        return Mark(path)
    return {name: _marked(item, (*path, name), looked, shapes) for name, item in value.items()}


def _edited(step: BodyStep, value: Any, probe: Answer, shapes: dict[Path, Names | None]) -> Any:
    if isinstance(step, ON_SCALARS):
        if not isinstance(value, Mark):
            raise Unplanned
        return Mark(value.path, (*value.edits, step.edit()))
    for inner in _looks(step):
        _see(get(value, inner), shapes)
    edited = step.edit()(value, probe)
    probe.edits += edited is not value
    return edited


def _see(value: Any, shapes: dict[Path, Names | None]) -> None:
    """Make sure that it is known whether an object stands where a step looks."""
    if isinstance(value, Mark):
        if value.edits:
            raise Unplanned
        if value.path not in shapes:
            raise _Inside(value.path)


def _looks(step: BodyStep) -> Iterator[Path]:
    """Where in its object a step looks for objects."""
    yield ()
    if isinstance(step, Hoist):
        yield (step.key,)
    if isinstance(step, Move):
        for path in (step.from_, step.to):
            yield from (path[:end] for end in range(1, len(path)))
