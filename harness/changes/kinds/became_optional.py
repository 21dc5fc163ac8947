"""A member is missing in some of NEW's answers."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-property-became-optional",
    number=13,
    title="field became optional",
    level=Level.BREAK,
    stage=Stage.RAW,
    witness=Witness(
        old=(
            {"a": 1, "note": "x"},
            {"a": 2, "note": "y"},
        ),
        new=(
            {"a": 1, "note": "x"},
            {"a": 2},
        ),
    ),
    meaning="OLD always sent the field; a plugin that uses it without a look fails where it is missing.",
    undo="None: what OLD would have said is not in NEW's answer.",
    advice="Look what the answers without it have in common.",
    rank=10,
    sees=frozenset([Differs.GONE]),
)


def name(difference: Difference) -> str | None:
    """It is still there in other places."""
    return f"{difference.name!r} is gone in {difference.often}" if difference.others else None
