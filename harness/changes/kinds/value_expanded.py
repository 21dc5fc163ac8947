"""A value became an object that holds it: `7` became `{"id": 7, "name": "ann"}`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds._envelopes import holds, opened
from harness.changes.node import Node, Proposal
from harness.model.change import Level

KIND = Kind(
    id="response-id-became-object",
    number=11,
    title="value became an object that holds it",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(
        old=({"owner": 7}, {"owner": 9}), new=({"owner": {"id": 7, "name": "ann"}}, {"owner": {"id": 9, "name": "bob"}})
    ),
    meaning="Where an id or a name stood, the whole thing stands now.",
    undo="The member that says what OLD said takes the object's place.",
    rank=-1,
)


def propose(node: Node) -> Iterator[Proposal]:
    """Pick the member that says what OLD said."""
    if holds(node) is object:
        yield from opened(node, "the value is now member {} of an object")
