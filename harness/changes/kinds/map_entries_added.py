"""A map has more entries: under names that are data, NEW says more."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-map-entries-added",
    number=10,
    title="map has more entries",
    level=Level.INFO,
    stage=Stage.RAW,
    witness=Witness(old=({"7": {"n": 1}},), new=({"7": {"n": 1}, "8": {"n": 2}},)),
    meaning="A loop over the entries meets more of them.",
    undo="They are left as they are.",
    advice="Nothing, unless the data behind it should be the same.",
    rank=10,
    sees=frozenset([Differs.ENTRIES]),
)


def name(difference: Difference) -> str | None:
    """No entry of OLD's is gone."""
    gone = any(old.keys() - new.keys() for old, new in difference.pairs)
    added = len({key for old, new in difference.pairs for key in new.keys() - old.keys()})
    return None if gone else f"{added} entr{'ies are' if added != 1 else 'y is'} new, in {difference.often}"
