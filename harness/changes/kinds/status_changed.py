"""The same call is answered with another status code."""

from __future__ import annotations

from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-status-changed",
    number=26,
    title="status code changed",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"status": 200},), new=({"status": 201},)),
    meaning="A plugin that compares the code takes another branch.",
    undo="The old code is set where the cases can be told apart.",
    advice="Run the plugin behind the shim.",
)
