"""The same moment, text or quantity in another notation: ISO 8601 for RFC 1123, upper case, another unit."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds._conversions import conversions
from harness.changes.node import Node, Proposal
from harness.model.change import Level

KIND = Kind(
    id="response-property-format-changed",
    number=16,
    title="notation of a value changed",
    level=Level.BREAK,
    stage=Stage.VALUE,
    witness=Witness(
        old=("2026-01-02T03:04:05Z", "2025-05-06T07:08:09Z"),
        new=("2026-01-02T03:04:05+00:00", "2025-05-06T07:08:09+00:00"),
    ),
    meaning="A plugin that parses the value gets another one, or fails.",
    undo="The value is written in the old notation, exactly.",
    on_noise=True,
)


def propose(node: Node) -> Iterator[Proposal]:
    """Conversions within a JSON type that fit every pair."""
    yield from conversions(node, changes_type=False)
