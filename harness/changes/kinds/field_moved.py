"""A member moved to another object of the same answer: `{"behaviors": {"repeat": 3}}` became `{"behaviors": {}, "repeat": 3}`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.members import information
from harness.changes.node import Node, Proposal, Rival, Sample
from harness.lens.answer import ABSENT
from harness.lens.likeness import name_similarity
from harness.lens.places import get
from harness.lens.steps.move import Move
from harness.model.change import Level
from harness.model.json_text import Json
from harness.model.paths import Path, format_path

KIND = Kind(
    id="response-property-moved",
    number=4,
    title="field moved to another object",
    level=Level.BREAK,
    stage=Stage.MOVE,
    witness=Witness(
        old=({"b": {"repeat": 3, "w": 1}}, {"b": {"repeat": 12, "w": 2}}),
        new=({"b": {"w": 1}, "repeat": 3}, {"b": {"w": 2}, "repeat": 12}),
    ),
    meaning="A field that OLD had is there, in another object.",
    undo="It is moved back.",
    member="old",
)

_DEPTH = 4


def propose(node: Node) -> Iterator[Proposal]:
    """Pairs of a place that only OLD has and one that only NEW has, where all values agree."""
    samples = node.of_types(dict, dict)
    if not samples:
        return
    lost, gained = _only(samples, old=True), _only(samples, old=False)
    taken: set[Path] = set()
    for here in lost:
        candidates = []
        for there in gained:
            if there in taken or here[:-1] == there[:-1]:
                continue
            agreeing, differing = _compare(samples, here, there)
            worth = information(agreeing)
            likeness = max(name_similarity(_last(here), _last(there)), name_similarity(_whole(here), _whole(there)))
            if agreeing and not differing and (worth >= 1.5 or (worth >= 0.1 and likeness == 1.0)):
                candidates.append((-likeness, -worth, there))
        if not candidates:
            continue
        candidates.sort(key=lambda row: (row[0], row[1], len(row[2]), format_path(row[2])))
        there = candidates[0][2]
        rivals = tuple(
            Rival(format_path(row[2]), Move(at=node.at, from_=row[2], to=here))
            for row in candidates[1:]
            if row[0] == candidates[0][0]
        )
        taken.add(there)
        step = Move(at=node.at, from_=there, to=here)
        yield Proposal(
            step,
            f"{format_path(here)} now stands at {format_path(there)}",
            {"old": format_path(here), "new": format_path(there)},
            rivals=rivals,
        )


def _last(path: Path) -> str:
    return str(path[-1])


def _whole(path: Path) -> str:
    """All names on the way: `customer.vip` is as good as `customer_vip`."""
    return "_".join(map(str, path))


def _only(samples: list[Sample], *, old: bool) -> list[Path]:
    """Paths of member names that one side has and the other has in no sample; not below such a path."""
    mine: dict[Path, None] = {}
    other: set[Path] = set()
    for sample in samples:
        mine |= dict.fromkeys(_paths(sample.old if old else sample.new))
        other |= set(_paths(sample.new if old else sample.old))
    return [path for path in mine if path not in other and (len(path) == 1 or path[:-1] in other or old)][:60]


def _paths(value: Json, base: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict) and len(base) < _DEPTH:
        for name, item in value.items():
            yield (*base, name)
            yield from _paths(item, (*base, name))


def _compare(samples: list[Sample], here: Path, there: Path) -> tuple[list[Json], int]:
    agreeing, differing = [], 0
    for sample in samples:
        old, new = get(sample.old, here), get(sample.new, there)
        if old is ABSENT and new is ABSENT:
            continue
        if old is not ABSENT and new is not ABSENT and same(old, new):
            agreeing.append(old)
        else:
            differing += 1
    return agreeing, differing
