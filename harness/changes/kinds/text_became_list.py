"""A text with separators became the list of its parts: `"a,b"` became `["a", "b"]`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.join import Join
from harness.model.change import Level

KIND = Kind(
    id="response-text-became-list",
    number=8,
    title="text of parts became a list",
    level=Level.BREAK,
    stage=Stage.VALUE,
    witness=Witness(old=({"tags": "a,b"}, {"tags": "c,d,e"}), new=({"tags": ["a", "b"]}, {"tags": ["c", "d", "e"]})),
    meaning="What was one text with separators is now a list.",
    undo="The elements are joined again.",
)

SEPARATORS = (",", ", ", " ", ";", "|", "\n", "/")


def propose(node: Node) -> Iterator[Proposal]:
    """Join, with the separator that fits every pair and is seen in one at least."""
    samples = [sample for sample in node.of_types(str, list) if all(isinstance(item, str) for item in sample.new)]
    if not any(len(sample.new) > 1 for sample in samples):
        return
    for by in SEPARATORS:
        if all(by.join(sample.new) == sample.old for sample in samples):
            yield Proposal(Join(at=node.at, by=by), f"a text with {by!r} between its parts became a list", {"by": by})
