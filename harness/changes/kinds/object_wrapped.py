"""An object now stands in an envelope: `{…}` became `{"data": {…}}`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds._envelopes import holds, opened
from harness.changes.node import Node, Proposal
from harness.model.change import Level

KIND = Kind(
    id="response-object-wrapped",
    number=5,
    title="object put into an envelope",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(old=({"id": 1, "name": "a"},), new=({"data": {"id": 1, "name": "a"}, "ok": True},)),
    meaning="What stood here before is now a member of an object.",
    undo="The envelope is opened; what NEW put beside the value is left out.",
    rank=-1,
)


def propose(node: Node) -> Iterator[Proposal]:
    """Open the envelope of an object."""
    if holds(node) is dict:
        yield from opened(node, "the value now stands in member {} of an object")
