"""A value stands where OLD said null."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-property-became-not-nullable",
    number=13,
    title="null became a value",
    level=Level.RISK,
    stage=Stage.RAW,
    witness=Witness(old=({"closed_at": None},), new=({"closed_at": "2026-01-02"},)),
    meaning="OLD said that there is nothing; a plugin that tests for null takes another branch.",
    undo="None: NEW's value is left as it is.",
    advice="Look whether the value is right: OLD may not have known it.",
    rank=11,
    sees=frozenset([Differs.FORM]),
)


def name(difference: Difference) -> str | None:
    """Every value that differs was null."""
    filled = all(old is None for old, _ in difference.pairs)
    return "a value stands where OLD said null" if filled else None
