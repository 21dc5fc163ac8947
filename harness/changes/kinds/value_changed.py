"""A value differs, and no notation or table explains how."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-value-changed",
    number=38,
    title="value changed",
    level=Level.RISK,
    stage=Stage.RAW,
    witness=Witness(old=({"mode": "blob"},), new=({"mode": "commit"},)),
    meaning="The place is there, with the same type, and says something else.",
    undo="None: the shim leaves NEW's value as it is.",
    advice="Replay both versions twice: a value that differs between two runs of one version is noise.",
    rank=99,
    sees=frozenset([Differs.VALUE]),
    local=True,
)


def name(difference: Difference) -> str | None:
    """Whatever no other kind has named."""
    return f"the value differs in {difference.often}"
