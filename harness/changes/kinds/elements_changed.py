"""A list has other elements: more of them, fewer, or others."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-list-elements-changed",
    number=37,
    title="list has other elements",
    level=Level.BREAK,
    stage=Stage.RAW,
    witness=Witness(old=([{"id": 1, "n": "a"}, {"id": 2, "n": "b"}],), new=([{"id": 2, "n": "b"}],)),
    meaning="The call succeeds, and other elements come back: a filter, a page size or the data behind it changed.",
    undo="None from the answer alone.",
    advice="Look at the request: a parameter may have lost its meaning.",
    rank=99,
    sees=frozenset([Differs.ELEMENTS]),
    local=True,
)


def name(difference: Difference) -> str | None:
    """Whatever no other kind has named."""
    old, new = difference.pairs[0]
    return f"{len(old)} elements became {len(new)}, or others, in {difference.often}"
