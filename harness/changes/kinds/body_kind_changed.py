"""A body that was JSON is something else now, or the reverse."""

from __future__ import annotations

from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-body-kind-changed",
    number=32,
    title="body is no longer JSON, or became JSON",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"body": "json"},), new=({"body": "text"},)),
    meaning="A plugin that parses the body fails.",
    undo="None.",
    advice="Look at the content type that the call asks for.",
)
