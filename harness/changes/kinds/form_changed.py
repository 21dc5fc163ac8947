"""A value has another JSON type, and no step turns it back."""

from __future__ import annotations

from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-form-changed",
    number=14,
    title="type of a value changed, with other content",
    level=Level.BREAK,
    stage=Stage.RAW,
    witness=Witness(old=({"v": [1, 2]},), new=({"v": "text"},)),
    meaning="What stood here has another JSON type, and its content cannot be read from what NEW sends.",
    undo="None: the shim leaves NEW's value as it is.",
)
