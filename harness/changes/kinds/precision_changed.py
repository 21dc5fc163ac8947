"""A number has fewer digits: rounded, or passed through a type that cannot hold it."""

from __future__ import annotations

from math import isfinite

from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.model.change import Level
from harness.model.json_text import Json

KIND = Kind(
    id="response-number-precision-changed",
    number=15,
    title="precision of a number changed",
    level=Level.RISK,
    stage=Stage.RAW,
    witness=Witness(
        old=(
            {"price": 3.14159},
            {"price": 2.71828},
        ),
        new=(
            {"price": 3.14},
            {"price": 2.72},
        ),
    ),
    meaning="The number is nearly the same: it was rounded, or it went through a double, which holds 53 bits.",
    undo="None: the digits are not in NEW's answer.",
    advice="An id that lost its last digits names something else: look at integers past 2^53 first.",
    rank=5,
    sees=frozenset([Differs.VALUE]),
)


_FEWER = 15


def name(difference: Difference) -> str | None:
    """Each NEW number is the OLD one with fewer digits."""
    if not all(_rounded(old, new) for old, new in difference.pairs):
        return None
    return f"the number has fewer digits in {difference.often}"


def _rounded(old: Json, new: Json) -> bool:
    if isinstance(old, bool) or isinstance(new, bool):
        return False
    if not isinstance(old, (int, float)) or not isinstance(new, (int, float)):
        return False
    if isinstance(old, int):
        return new != old and new == _as_double(old)
    return isfinite(old) and any(round(old, digits) == new for digits in range(_FEWER))


def _as_double(number: float) -> float | None:
    """The number as the type that holds 53 bits has it; None where that is too small."""
    try:
        return float(number)
    except OverflowError:
        return None
