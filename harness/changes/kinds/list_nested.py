"""A list stands in another list now: `[1, 2]` became `[[1, 2]]`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.flatten import Flatten
from harness.model.change import Level

KIND = Kind(
    id="response-list-nested",
    number=8,
    title="list put into another list",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(old=([{"n": 1}, {"n": 2}], [{"n": 3}]), new=([[{"n": 1}, {"n": 2}]], [[{"n": 3}]])),
    meaning="A plugin that loops over the elements now gets lists of them.",
    undo="The inner lists are put one behind the other.",
)


def propose(node: Node) -> Iterator[Proposal]:
    """Flatten, where NEW's elements are lists and OLD's are not."""
    samples = [sample for sample in node.of_types(list, list) if sample.new and sample.old]
    nested = [sample for sample in samples if all(isinstance(item, list) for item in sample.new)]
    if nested and not any(isinstance(item, list) for sample in nested for item in sample.old):
        yield Proposal(Flatten(at=node.at), "a list stands in another list")
