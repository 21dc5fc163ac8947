"""An object or a list now stands in an envelope: `{…}` became `{"data": {…}}`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.unwrap import Unwrap
from harness.model.change import Level

KIND = Kind(
    id="response-object-unwrapped",
    number=5,
    title="object put into an envelope",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(old=({"id": 1, "name": "a"},), new=({"data": {"id": 1, "name": "a"}, "ok": True},)),
    meaning="What stood here before is now a member of an object.",
    undo="The envelope is opened; what NEW put beside the value is left out.",
)


def propose(node: Node) -> Iterator[Proposal]:
    """Open each member that NEW has and that could be what OLD had."""
    candidates: dict[str, int] = {}
    for sample in node.samples:
        if not isinstance(sample.new, dict):
            continue
        for key, item in sample.new.items():
            fits = type(item) is type(sample.old) or (
                isinstance(item, (dict, list)) and isinstance(sample.old, (dict, list))
            )
            if fits and not (isinstance(sample.old, dict) and key in sample.old):
                candidates[key] = candidates.get(key, 0) + 1
    for key in sorted(candidates, key=lambda key: -candidates[key])[:8]:
        yield Proposal(
            Unwrap(at=node.at, key=key), f"the value now stands in member {key!r} of an object", {"key": key}
        )
