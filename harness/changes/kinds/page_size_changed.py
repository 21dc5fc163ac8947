"""A list ends earlier or later: the page has another size."""

from __future__ import annotations

from harness.changes.agreement import same
from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-page-size-changed",
    number=25,
    title="page has another size",
    level=Level.BREAK,
    stage=Stage.RAW,
    witness=Witness(old=([1, 2, 3], [4, 5, 6, 7]), new=([1, 2], [4, 5])),
    meaning="NEW sends the same elements, and stops at another number of them.",
    undo="None from the answer alone: the other elements are not in it.",
    advice="Ask NEW for the old number of elements, by a parameter.",
    rank=3,
    sees=frozenset([Differs.ELEMENTS]),
)


_LEAST = 2


def name(difference: Difference) -> str | None:
    """Each list begins as the other side's; the shorter ones of a side are all of one length."""
    lengths = {(min(len(old), len(new)), len(old) < len(new)) for old, new in difference.pairs}
    begins = all(all(map(same, old, new)) for old, new in difference.pairs)
    if len(lengths) > 1 or difference.answers < _LEAST or not begins or not min(lengths)[0]:
        return None
    old, new = difference.pairs[0]
    return f"{len(old)} elements became {len(new)}, the first ones the same, in {difference.often}"
