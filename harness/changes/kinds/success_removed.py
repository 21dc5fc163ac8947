"""A call that succeeded is refused now."""

from __future__ import annotations

from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-success-status-removed",
    number=34,
    title="call no longer succeeds",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"status": 200},), new=({"status": 404},)),
    meaning="The operation is gone, moved, or wants something else from the caller.",
    undo="Nothing brings the answer back; where the call moved, the shim forwards it.",
    advice="Look for the call under another path, or with other parameters.",
)
