"""The same value in another JSON type: `7` became `"7"`, `true` became `1`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds._conversions import conversions
from harness.changes.node import Node, Proposal
from harness.model.change import Level

KIND = Kind(
    id="response-property-type-changed",
    number=14,
    title="type of a value changed",
    level=Level.BREAK,
    stage=Stage.VALUE,
    witness=Witness(old=(7, 8), new=("7", "8")),
    meaning="A comparison or a calculation on the value no longer does what it did.",
    undo="The value is converted back, exactly.",
    on_noise=True,
)


def propose(node: Node) -> Iterator[Proposal]:
    """Conversions between JSON types that fit every pair."""
    yield from conversions(node, changes_type=True)
