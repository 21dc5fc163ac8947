"""An object became its id: `{"id": 7, "name": "ann"}` became `7`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal, Sample
from harness.lens.condition import json_type
from harness.lens.steps.wrap import Wrap
from harness.model.change import Level

KIND = Kind(
    id="response-object-became-id",
    number=11,
    title="object became its id",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(
        old=({"owner": {"id": 7, "name": "ann"}}, {"owner": {"id": 9, "name": "bob"}}),
        new=({"owner": 7}, {"owner": 9}),
    ),
    meaning="The related object is no longer expanded: only one of its members is left.",
    undo="The id is put back into an object; what else the object said is not in this answer.",
    advice="Ask NEW to expand it (a parameter), or look it up by its id.",
    takes=True,
)


def propose(node: Node) -> Iterator[Proposal]:
    """Wrap what is left under the name of the member that said it, the same in every answer."""
    collapsed = [sample for sample in node.samples if _is_collapsed(sample)]
    keys = dict.fromkeys(key for sample in collapsed[:1] for key in sample.old)
    for key in keys:
        if all(key in sample.old and same(sample.old[key], sample.new) for sample in collapsed):
            step = Wrap(at=node.at, key=key, only=(json_type(collapsed[0].new),))
            yield Proposal(step, f"only {key!r} of the object is left", {"key": key, "having": 1}, cost=0.9)


def _is_collapsed(sample: Sample) -> bool:
    scalar = not isinstance(sample.new, (dict, list)) and sample.new is not None
    return scalar and isinstance(sample.old, dict) and len(sample.old) > 1
