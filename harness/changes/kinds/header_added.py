"""A header that OLD never sent."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.lens.answer import ABSENT
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
    rank=90,
    sees=frozenset([Differs.HEADER]),
)


def name(difference: Difference) -> str | None:
    """No answer of OLD's has it."""
    new = not any(old is not ABSENT for old, _ in (*difference.pairs, *difference.others))
    return f"header {difference.name} is new" if new else None
