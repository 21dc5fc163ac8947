"""An envelope is gone: `{"data": …}` became `…`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.condition import json_type
from harness.lens.steps.wrap import Wrap
from harness.model.change import Level

KIND = Kind(
    id="response-envelope-removed",
    number=6,
    title="envelope removed",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(old=({"data": [1, 2]},), new=([1, 2],)),
    meaning="What was a member of an object now stands bare.",
    undo="The value is put back into an object.",
)


def propose(node: Node) -> Iterator[Proposal]:
    """Wrap NEW's value under each name that OLD's objects had for such a value."""
    names: dict[str, set[str]] = {}
    for sample in node.samples:
        if isinstance(sample.old, dict) and not (isinstance(sample.new, dict) and set(sample.old) & set(sample.new)):
            for key, item in sample.old.items():
                if type(item) is type(sample.new) or (
                    isinstance(item, (dict, list)) and isinstance(sample.new, (dict, list))
                ):
                    names.setdefault(key, set()).add(json_type(sample.new))
    for key, types in list(names.items())[:8]:
        step = Wrap(at=node.at, key=key, only=tuple(sorted(types)))
        sole = all(
            len(sample.old) == 1 for sample in node.samples if isinstance(sample.old, dict) and key in sample.old
        )
        cost = 0.0 if sole else 1.0  # an object of one member is an envelope and nothing else
        yield Proposal(step, f"the value of member {key!r} now stands bare", {"key": key}, cost=cost)
