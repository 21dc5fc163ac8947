"""A list of texts became one text with separators: `["a", "b"]` became `"a,b"`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds.text_became_list import SEPARATORS
from harness.changes.node import Node, Proposal
from harness.lens.steps.split import Split
from harness.model.change import Level

KIND = Kind(
    id="response-list-became-text",
    number=8,
    title="list became a text of parts",
    level=Level.BREAK,
    stage=Stage.VALUE,
    witness=Witness(old=({"tags": ["a", "b"]}, {"tags": ["c", "d", "e"]}), new=({"tags": "a,b"}, {"tags": "c,d,e"})),
    meaning="A plugin that loops over the list now gets one text.",
    undo="The text is split again.",
)


def propose(node: Node) -> Iterator[Proposal]:
    """Split, with the separator that fits every pair and is seen in one at least."""
    samples = node.of_types(list, str)
    if not any(len(sample.old) > 1 for sample in samples):
        return
    for by in SEPARATORS:
        if all((sample.new.split(by) if sample.new else []) == sample.old for sample in samples):
            yield Proposal(Split(at=node.at, by=by), f"a list became a text with {by!r} between its parts", {"by": by})
