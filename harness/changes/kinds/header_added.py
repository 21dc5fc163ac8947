"""A header that OLD never sent."""

from __future__ import annotations

from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-header-added",
    number=29,
    title="header added",
    level=Level.INFO,
    stage=Stage.ANSWER,
    witness=Witness(old=({"headers": {}},), new=({"headers": {"Vary": "Accept"}},)),
    meaning="NEW says something more in a header.",
    undo="It is left out.",
    advice="Nothing.",
)
