"""One-member objects were merged: `[{"a": 1}, {"b": 2}]` became `{"a": 1, "b": 2}`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.scatter import Scatter
from harness.model.change import Level

KIND = Kind(
    id="response-list-of-pairs-became-object",
    number=10,
    title="list of one-member objects became an object",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(old=([{"a": 1}, {"b": "x"}],), new=({"a": 1, "b": "x"},)),
    meaning="What was a list of small objects is now one object.",
    undo="Each member becomes an object of its own again.",
)


def propose(node: Node) -> Iterator[Proposal]:
    """Scatter, where OLD had one-member objects."""
    samples = [
        sample
        for sample in node.of_types(list, dict)
        if sample.old and all(isinstance(item, dict) and len(item) == 1 for item in sample.old)
    ]
    if samples:
        yield Proposal(Scatter(at=node.at), "a list of one-member objects became an object")
