"""A window into a list is told otherwise: by its first row and its end or its length, or by a page and its size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations, product

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.members import members
from harness.changes.node import Node, Proposal, Sample
from harness.lens.steps.offset import Offset
from harness.lens.steps.page import Page
from harness.model.change import Level
from harness.model.json_text import Json

KIND = Kind(
    id="pagination-changed",
    number=36,
    title="pagination told otherwise",
    level=Level.BREAK,
    stage=Stage.MEMBERS,
    witness=Witness(
        old=({"offset": 0, "limit": 10}, {"offset": 40, "limit": 20}),
        new=({"page": 1, "size": 10}, {"page": 3, "size": 20}),
    ),
    meaning="What stood as offset and length (or end) of a window stands as page and size now, or the other way round.",
    undo="Each is computed from the other, where the window is a whole page.",
    rank=-1,
    member="members",
)

_FIRST = (1, 0)
_TELLING = 2
_IDLE = 10
"""Windows that a step leaves alone before it is given up: most are whole pages."""
_MOST = 6
"""Members that are tried: more than a pagination has."""


def propose(node: Node) -> Iterator[Proposal]:
    """The steps that make two removed members of two added ones; of several, those that speak for the most windows."""
    samples = node.of_types(dict, dict)
    found = members(node)
    removed = [key for key in found.removed if all(_is_count(each.old[key]) for each in samples if key in each.old)]
    added = [key for key in found.added if all(_is_count(each.new[key]) for each in samples if key in each.new)]
    if len(removed) > _MOST or len(added) > _MOST:
        return
    fitting = [
        (windows, step, old, new)
        for old, new in product(permutations(removed, 2), permutations(added, 2))
        for step in _steps(node, old, new)
        if (windows := _windows(samples, step, old, new)) >= _TELLING
    ]
    taken: set[str] = set()
    for _, step, old, new in sorted(fitting, key=lambda row: -row[0]):
        if not taken.intersection((*old, *new)):
            taken.update((*old, *new))
            message = f"{old[0]!r} and {old[1]!r} stand as {new[0]!r} and {new[1]!r} now"
            yield Proposal(step, message, {"members": [*old], "old": old[0], "new": new[0]})


def _steps(node: Node, old: tuple[str, str], new: tuple[str, str]) -> Iterator[Page | Offset]:
    at = node.at
    for first in _FIRST:
        yield Page(at=at, start=new[0], end=new[1], page=old[0], size=old[1], first=first)
        yield Page(at=at, start=new[0], limit=new[1], page=old[0], size=old[1], first=first)
        yield Offset(at=at, start=old[0], end=old[1], page=new[0], size=new[1], first=first)
        yield Offset(at=at, start=old[0], limit=old[1], page=new[0], size=new[1], first=first)


def _is_count(value: Json) -> bool:
    return (type(value) is int and value >= 0) or (isinstance(value, str) and value.isascii() and value.isdigit())


def _windows(samples: Sequence[Sample], step: Page | Offset, old: tuple[str, str], new: tuple[str, str]) -> int:
    """In how many windows it gives OLD's two members; 0 where it gives others, or nothing in most."""
    edit = step.edit()
    windows: set[tuple[str, str]] = set()
    idle = 0
    for sample in samples:
        if not all(key in sample.old for key in old) or not all(key in sample.new for key in new):
            continue
        value = edit(sample.new, sample.answer)
        if value is sample.new:
            idle += 1
            if idle > _IDLE and not windows:
                return 0
        elif all(key in value and same(value[key], sample.old[key]) for key in old):
            windows.add((str(sample.old[old[0]]), str(sample.old[old[1]])))
        else:
            return 0
    return len(windows) if idle < len(windows) else 0
