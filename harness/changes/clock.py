"""Values that tell the time of their own call: with nothing to measure noise by, the recordings themselves decide that.

Two moments are no change where they stand as far from the times of their calls: `created` is now, `expires` an hour from now.
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
_HUGE = 10**20
_UNITS = (("seconds", 1e3), ("milliseconds", 1.0), ("microseconds", 1e-3), ("nanoseconds", 1e-6))
_COUNT = re.compile(r"[0-9]{9,19}")
_WITHOUT_ZONE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)")


def clocks(pairs: Sequence[Pair], cases: Sequence[Case]) -> frozenset[Path]:
    """The templates where every value that differs is a moment in one notation, each as far from the time of its own call."""
    of = {case.number: case for case in cases}
    return frozenset(
        each.at for each in moved(pairs) if all(_is_now(one.old, one.new, of[one.pair]) for one in each.samples)
    )


def _is_now(old: Json, new: Json, case: Case) -> bool:
    here, there = _moment(old), _moment(new)
    asked, again = _moment(case.pair.old.started), _moment(case.pair.new.started)
    if here is None or there is None or asked is None or again is None or here[1] != there[1]:
        return False
    return abs((here[0] - asked[0]) - (there[0] - again[0])) <= _NEAR


def _moment(value: Json) -> tuple[float, str] | None:
    """Milliseconds since 1970, and the notation; None for what is no moment between 1973 and 2286."""
    if isinstance(value, str):
        return _said(value)
    if isinstance(value, (int, float)) and abs(value) < _HUGE:
        return next(((value * scale, unit) for unit, scale in _UNITS if _FIRST <= value * scale < _LAST), None)
    return None


def _said(text: str) -> tuple[float, str] | None:
    if _COUNT.fullmatch(text):
        count = _moment(int(text))
        return None if count is None else (count[0], f"{count[1]} as text")
    bare = _WITHOUT_ZONE.fullmatch(text)
    iso = CONVERSIONS["rfc1123-to-iso"].forward(text) if bare is None else f"{bare[1]}T{bare[2]}Z"
    milliseconds = CONVERSIONS["any-iso-to-milliseconds"].forward(text if iso is UNFIT else iso)
    return None if milliseconds is UNFIT else (milliseconds, re.sub("[0-9]+", "0", text))
