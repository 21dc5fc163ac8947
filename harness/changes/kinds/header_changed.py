"""A header has another value."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-header-changed",
    number=29,
    title="header changed",
    level=Level.RISK,
    stage=Stage.ANSWER,
    witness=Witness(
        old=({"headers": {"Content-Type": "application/json"}},),
        new=({"headers": {"Content-Type": "application/json; charset=utf-8"}},),
    ),
    meaning="A header says something else in every answer.",
    undo="The old value is set where OLD always sent one.",
    advice="Harmless unless the plugin compares the text.",
    rank=99,
    sees=frozenset([Differs.HEADER]),
)


def name(difference: Difference) -> str | None:
    """Whatever no other kind has named."""
    return f"header {difference.name} has another value"
