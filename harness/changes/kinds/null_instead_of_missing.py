"""NEW sends null for a member that OLD left out."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.members import members
from harness.changes.node import Node, Proposal
from harness.lens.steps.drop import Drop
from harness.model.change import Level

KIND = Kind(
    id="response-null-property-added",
    number=12,
    title="null where the field was left out",
    level=Level.RISK,
    stage=Stage.LEFTOVER,
    witness=Witness(
        old=({"a": 1}, {"a": 2, "note": "x"}, {"a": 3}),
        new=({"a": 1, "note": None}, {"a": 2, "note": "x"}, {"a": 3, "note": None}),
    ),
    meaning="A plugin that asks whether the field is there, and not what it holds, takes another branch.",
    undo="The field is left out again where it is null.",
    rank=1,
    member="key",
)


def propose(node: Node) -> Iterator[Proposal]:
    """A drop of null, where OLD never sent null itself."""
    samples = node.of_types(dict, dict)
    for key in members(node).shared:
        came = [sample.new[key] for sample in samples if key not in sample.old and key in sample.new]
        kept = any(key in sample.old and key in sample.new and sample.new[key] is None for sample in samples)
        if came and not kept and all(value is None for value in came):
            step = Drop(at=node.at, keys=(key,), only_null=True)
            yield Proposal(step, f"{key!r} is null where it was left out", {"key": key})
