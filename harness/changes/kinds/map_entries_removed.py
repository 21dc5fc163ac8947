"""A map lacks entries that OLD had, or has others in their place."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level

KIND = Kind(
    id="response-map-entries-removed",
    number=10,
    title="entries of a map are gone",
    level=Level.BREAK,
    stage=Stage.RAW,
    witness=Witness(old=({"7": {"n": 1}, "8": {"n": 2}},), new=({"7": {"n": 1}},)),
    meaning="What a plugin looks up under a name that it knows is not there.",
    undo="None: the entries are not in NEW's answer.",
    advice="Look whether the data behind both versions is the same.",
    rank=99,
    sees=frozenset([Differs.ENTRIES]),
)

_SHOWN = 3


def name(difference: Difference) -> str | None:
    """Whatever no other kind has named."""
    gone = sorted({key for old, new in difference.pairs for key in old.keys() - new.keys()})
    told = ", ".join(map(repr, gone[:_SHOWN])) + (", …" if len(gone) > _SHOWN else "")
    return f"{len(gone)} entr{'ies are' if len(gone) != 1 else 'y is'} gone in {difference.often}: {told}"
