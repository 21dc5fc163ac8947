"""One value became a list of it: `"a"` became `["a"]`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.head import Head
from harness.model.change import Level

KIND = Kind(
    id="response-value-became-list",
    number=8,
    title="single value became a list",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(old=("a", "b"), new=(["a"], ["b"])),
    meaning="A plugin that reads one value now gets a list.",
    undo="The first element is taken; further ones are left out.",
)


def propose(node: Node) -> Iterator[Proposal]:
    """The list's first element."""
    samples = [sample for sample in node.samples if isinstance(sample.new, list) and not isinstance(sample.old, list)]
    if samples and any(sample.new for sample in samples):
        empty = any(not sample.new and sample.old is None for sample in samples)
        yield Proposal(Head(at=node.at, empty=empty), "a single value became a list")
