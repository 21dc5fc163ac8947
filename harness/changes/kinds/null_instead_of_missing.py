"""NEW sends null, or another empty value, for a member that OLD left out."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.members import members
from harness.changes.node import Node, Proposal
from harness.changes.unset import is_unset, only_unset
from harness.lens.steps.drop import Drop
from harness.model.change import Level
from harness.model.json_text import Json

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


_LEAST = 3
"""Places in which anything but null must be too much, and not always there: fewer are chance."""


def propose(node: Node) -> Iterator[Proposal]:
    """A drop of null, or of what else NEW writes where a member is unset, where OLD never sent that itself."""
    samples = node.of_types(dict, dict)
    for key in members(node).shared:
        came = [sample.new[key] for sample in samples if key not in sample.old and key in sample.new]
        if not came or not is_unset(came[0]) or not all(same(came[0], value) for value in came):
            continue
        kept = any(key in sample.old and key in sample.new and same(came[0], sample.new[key]) for sample in samples)
        if not kept and len(came) >= (1 if came[0] is None else _LEAST):
            step = only_unset(Drop(at=node.at, keys=(key,)), came[0])
            yield Proposal(step, f"{key!r} is {_said(came[0])} where it was left out", {"key": key})


def _said(value: Json) -> str:
    return "null" if value is None else repr(value)
