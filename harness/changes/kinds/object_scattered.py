"""An object was scattered: `{"a": 1, "b": 2}` became `[{"a": 1}, {"b": 2}]`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.merge import Merge
from harness.model.change import Level

KIND = Kind(
    id="response-object-became-list-of-pairs",
    number=10,
    title="object became a list of one-member objects",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(old=({"a": 1, "b": "x"},), new=([{"a": 1}, {"b": "x"}],)),
    meaning="Each member of an object is now an object of its own, in a list.",
    undo="The objects are merged into one.",
)


def propose(node: Node) -> Iterator[Proposal]:
    """Merge, with the members that OLD had as lists collected."""
    samples = [
        sample
        for sample in node.of_types(dict, list)
        if sample.new and all(isinstance(item, dict) for item in sample.new)
    ]
    if not samples:
        return
    yield Proposal(Merge(at=node.at), "an object became a list of objects")
    lists = tuple(sorted({key for sample in samples for key, item in sample.old.items() if isinstance(item, list)}))
    if lists:
        yield Proposal(
            Merge(at=node.at, lists=lists),
            "an object became a list of objects, its lists an object for each element",
            {"lists": list(lists)},
            cost=1.3,
        )
