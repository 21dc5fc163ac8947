"""Two values of a small set became one: `\"draft\"` and `\"review\"` are both `\"open\"` now."""

from __future__ import annotations

from collections import defaultdict

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds._enums import values_again
from harness.model.change import Level

KIND = Kind(
    id="response-property-enum-values-merged",
    number=18,
    title="values of an enumeration merged",
    level=Level.BREAK,
    stage=Stage.RAW,
    witness=Witness(old=({"state": "draft"}, {"state": "review"}) * 5, new=({"state": "open"},) * 10),
    meaning="What OLD told apart is one value now.",
    undo="None: which of the old values it was is not in NEW's answer.",
    advice="Look for another member that still tells them apart.",
    rank=7,
    sees=frozenset([Differs.VALUE]),
)


def name(difference: Difference) -> str | None:
    """A name that OLD never sent stands for several of OLD's, and each of OLD's always became the same."""
    found = values_again(difference)
    if found is None:
        return None
    became = defaultdict(set)
    stands_for = defaultdict(set)
    for old, new in found[0]:
        became[old].add(new)
        stands_for[new].add(old)
    merged = {new: sorted(olds) for new, olds in stands_for.items() if len(olds) > 1 and new not in found[1]}
    if not merged or any(len(news) > 1 for news in became.values()):
        return None
    new, olds = next(iter(sorted(merged.items())))
    return f"{', '.join(map(repr, olds))} are all {new!r} now"
