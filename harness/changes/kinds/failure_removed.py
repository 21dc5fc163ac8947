"""A call that failed succeeds now."""

from __future__ import annotations

from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-failure-status-removed",
    number=26,
    title="call no longer fails",
    level=Level.RISK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"status": 404},), new=({"status": 200},)),
    meaning="A plugin that relies on the failure (to see that something is not there) goes on.",
    undo="None.",
    advice="Look what NEW answers in its place.",
)
