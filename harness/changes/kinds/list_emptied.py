"""The call succeeds, and a list that had elements is empty."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-list-emptied",
    number=37,
    title="list is empty now",
    level=Level.BREAK,
    stage=Stage.RAW,
    witness=Witness(old=([{"id": 1}, {"id": 2}],), new=([],)),
    meaning="The call succeeds and finds nothing: most often a parameter of the request lost its meaning.",
    undo="None from the answer alone: the elements are not in it.",
    advice="Look at the request: ask NEW in its own words.",
    rank=1,
    sees=frozenset([Differs.ELEMENTS]),
)


def name(difference: Difference) -> str | None:
    """Every list that differs is empty, and had elements."""
    emptied = all(old and not new for old, new in difference.pairs)
    return f"the list is empty in {difference.often}" if emptied else None
