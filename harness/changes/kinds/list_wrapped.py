"""A bare list now stands in an object: `[…]` became `{"items": […]}`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds._envelopes import holds, opened
from harness.changes.node import Node, Proposal
from harness.model.change import Level

KIND = Kind(
    id="response-list-wrapped",
    number=7,
    title="list put into an object",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(old=([1, 2],), new=({"items": [1, 2], "total": 2},)),
    meaning="What was a list is an object that holds it: a loop over it fails, or runs over names.",
    undo="The object is opened; what NEW put beside the list is left out.",
    rank=-1,
)


def propose(node: Node) -> Iterator[Proposal]:
    """Open the object around a list."""
    if holds(node) is list:
        yield from opened(node, "the list now stands in member {} of an object")
