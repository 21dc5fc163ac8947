"""A member is gone, and nothing in NEW's answer says what it said."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-property-removed",
    number=1,
    title="field removed",
    level=Level.BREAK,
    stage=Stage.RAW,
    witness=Witness(old=({"a": 1, "b": "x"}, {"a": 1, "b": "y"}), new=({"a": 1}, {"a": 1})),
    meaning="A field that OLD had is gone, and no other place was found that holds its value.",
    undo="Nothing brings it back: the shim leaves it out rather than invent a value.",
    advice="Ask whether NEW gives it by another call or parameter; tell the plugin's vendor.",
    rank=99,
    sees=frozenset([Differs.GONE]),
)


def name(difference: Difference) -> str | None:
    """Whatever no other kind has named."""
    return f"{difference.name!r} is gone"
