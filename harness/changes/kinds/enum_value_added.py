"""A value that OLD never sent stands where a small set of names did."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds._enums import values_again
from harness.model.change import Level

KIND = Kind(
    id="response-property-enum-value-added",
    number=18,
    title="new value of an enumeration",
    level=Level.BREAK,
    stage=Stage.RAW,
    witness=Witness(
        old=({"state": "open"}, {"state": "shut"}) * 6,
        new=(*(({"state": "open"}, {"state": "shut"}) * 5), {"state": "open"}, {"state": "stale"}),
    ),
    meaning="A plugin that knows the old values only has no branch for this one.",
    undo="None: the same OLD value became several NEW ones, and nothing tells when.",
    advice="Look what the plugin does with a value that it does not know.",
    rank=8,
    sees=frozenset([Differs.VALUE]),
)


def name(difference: Difference) -> str | None:
    """Each value that differs is a name that OLD never sent here."""
    found = values_again(difference)
    if found is None:
        return None
    new = {after for _, after in difference.pairs if isinstance(after, str)}
    if new & found[1]:
        return None
    return f"{', '.join(map(repr, sorted(new)))} in {difference.often}: OLD never sent it here"
