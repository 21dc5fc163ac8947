"""An object is now a list of its values: `{"id": 1, "name": "a"}` became `[1, "a"]`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.agreement import agreement
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.names import Names
from harness.model.change import Level

KIND = Kind(
    id="response-objects-became-rows",
    number=9,
    title="objects became rows of lists",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(old=({"id": 1, "name": "a"}, {"id": 2, "name": "b"}), new=([1, "a"], [2, "b"])),
    meaning="Values that stood in an object, by name, now stand in a list, by position.",
    undo="Each value gets its name again.",
)


_WIDER = 3
_LEAST = 0.4
"""Positions say nothing by themselves: this much of the values must agree."""


def propose(node: Node) -> Iterator[Proposal]:
    """OLD's names, by the position at which their values stand in NEW's list; or the names in the answer."""
    samples = node.of_types(dict, list)
    if not samples:
        return
    yield Proposal(
        Names(at=node.at, from_="$.columns"),
        "an object became a list of values, its names stand in $.columns",
        cost=0.8,
        least=_LEAST,
    )
    names = list(samples[0].old)
    if (
        not names
        or any(len(sample.new) < len(names) for sample in samples)
        or len({len(sample.new) for sample in samples}) != 1
    ):
        return
    width = len(samples[0].new)
    if width > _WIDER * len(names):
        return  # a list of things, and no row of the object's values
    keys: list[str] = [f"_{position}" for position in range(width)]
    free = list(range(width))
    for name in names:

        def fit(position: int, name: str = name) -> float:
            return sum(agreement(sample.old.get(name), sample.new[position]) for sample in samples)

        best = max(free, key=fit)
        keys[best] = name
        free.remove(best)
    yield Proposal(
        Names(at=node.at, keys=tuple(keys)), f"an object became a list of {width} values", {"keys": keys}, least=_LEAST
    )
