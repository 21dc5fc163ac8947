"""Values that tell the time of their own call: with nothing to measure noise by, the recordings themselves decide that.

A pid, an uptime or a memory size needs a second run to be known as noise: without one it stays a risk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harness.changes.evidence import Case
from harness.changes.explain import Pair
from harness.changes.scalars import moved
from harness.lens.conversions import CONVERSIONS, UNFIT
from harness.model.json_text import Json
from harness.model.paths import Path

_NEAR = 5 * 60 * 1000
"""Milliseconds: for a clock that is a little off, and for what was made early in the same session."""

_FIRST, _LAST = 10**11, 10**13


def clocks(pairs: Sequence[Pair], cases: Sequence[Case]) -> frozenset[Path]:
    """The templates where every value that differs is a moment in one notation, each near the time of its own call."""
    of = {case.number: case for case in cases}
    return frozenset(
        each.at for each in moved(pairs) if all(_is_now(one.old, one.new, of[one.pair]) for one in each.samples)
    )


def _is_now(old: Json, new: Json, case: Case) -> bool:
    here, there = _moment(old), _moment(new)
    if here is None or there is None or here[1] != there[1]:
        return False
    asked = _moment(case.pair.old.started), _moment(case.pair.new.started)
    return all(
        at is not None and abs(value - at[0]) <= _NEAR for (value, _), at in zip((here, there), asked, strict=True)
    )


def _moment(value: Json) -> tuple[float, str] | None:
    """Milliseconds since 1970, and the notation; None for what is no moment between 1973 and 2286."""
    if isinstance(value, str):
        iso = CONVERSIONS["rfc1123-to-iso"].forward(value)
        count = CONVERSIONS["any-iso-to-milliseconds"].forward(value if iso is UNFIT else iso)
        return None if count is UNFIT else (count, re.sub("[0-9]+", "0", value))
    if isinstance(value, (int, float)):
        for unit, scale in (("seconds", 1000), ("milliseconds", 1)):
            if _FIRST <= value * scale < _LAST:
                return value * scale, unit
    return None
