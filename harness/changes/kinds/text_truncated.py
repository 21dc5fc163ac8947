"""A text is cut off: NEW sends the beginning of what OLD sent."""

from __future__ import annotations

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level
from harness.model.json_text import Json

KIND = Kind(
    id="response-text-truncated",
    number=20,
    title="text cut off",
    level=Level.BREAK,
    stage=Stage.RAW,
    witness=Witness(
        old=(
            {"note": "a long story"},
            {"note": "a longer story"},
        ),
        new=(
            {"note": "a long"},
            {"note": "a long"},
        ),
    ),
    meaning="NEW has a bound on the length that OLD had not.",
    undo="None: the rest is not in NEW's answer.",
    advice="Ask NEW for the whole text, by another parameter or another call.",
    rank=6,
    sees=frozenset([Differs.VALUE]),
)


_LEAST = 3
_ENDS = ("...", "\u2026")


def name(difference: Difference) -> str | None:
    """Each NEW text begins the OLD one, and ends at the same length."""
    cut = [_cut(old, new) for old, new in difference.pairs]
    if None in cut or len(set(cut)) > 1:
        return None
    return f"the text ends after {cut[0]} characters in {difference.often}"


def _cut(old: Json, new: Json) -> int | None:
    """After how many characters NEW's text was cut, the marks of an ellipsis aside."""
    if not isinstance(old, str) or not isinstance(new, str) or len(new) < _LEAST:
        return None
    kept = next((new.removesuffix(end) for end in _ENDS if new.endswith(end)), new)
    return len(new) if kept and len(new) <= len(old) and old.startswith(kept) else None
