"""A member that no OLD answer has."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-optional-property-added",
    number=2,
    title="field added",
    level=Level.INFO,
    stage=Stage.RAW,
    witness=Witness(old=({"a": 1},), new=({"a": 1, "b": 2},)),
    meaning="NEW says something more. Only a plugin that refuses what it does not know would mind.",
    undo="The field is left out.",
    advice="Nothing.",
    rank=99,
    sees=frozenset([Differs.CAME]),
    member="key",
)


def name(difference: Difference) -> str | None:
    """Whatever no other kind has named."""
    return f"{difference.name!r} is there in {difference.often} where OLD left it out"
