"""A value has another JSON type, and no step turns it back."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.lens.condition import json_type
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
    rank=99,
    sees=frozenset([Differs.FORM]),
)


def name(difference: Difference) -> str | None:
    """Whatever no other kind has named."""
    old, new = difference.pairs[0]
    return f"{json_type(old)} became {json_type(new)}"
