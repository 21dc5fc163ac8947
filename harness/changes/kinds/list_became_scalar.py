"""A list of one became the value itself: `["a"]` became `"a"`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.condition import json_type
from harness.lens.steps.listify import Listify
from harness.model.change import Level

KIND = Kind(
    id="response-list-became-value",
    number=8,
    title="list became a single value",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(old=(["a"], ["b"]), new=("a", "b")),
    meaning="A plugin that loops over a list now gets one value.",
    undo="The value is put into a list.",
)


def propose(node: Node) -> Iterator[Proposal]:
    """A list of one, for the types that NEW has."""
    samples = [sample for sample in node.samples if isinstance(sample.old, list) and not isinstance(sample.new, list)]
    types = {json_type(sample.new) for sample in samples if len(sample.old) == 1}
    if types:
        yield Proposal(Listify(at=node.at, only=tuple(sorted(types))), "a list became a single value")
