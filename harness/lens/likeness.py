"""How alike two names are, whatever convention they are written in."""

from __future__ import annotations

from rapidfuzz import fuzz

from harness.lens.steps.recase import words


def name_similarity(old: str, new: str) -> float:
    """0 to 1: how alike two names are, word by word; 1 for the same words in another convention."""
    left, right = words(old), words(new)
    if old == new or (left and left == right):  # a name that is not written in Latin letters has no words here
        return 1.0
    return max(fuzz.ratio(old.lower(), new.lower()), fuzz.token_set_ratio(" ".join(left), " ".join(right)) * 0.9) / 100
