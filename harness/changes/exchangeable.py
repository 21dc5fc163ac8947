"""Whether two runs of one version could as well have been made in the other order: only then may a permutation deal them out.

A clock, a counter and a stopwatch tell when and on how busy a machine they were read, and nothing about the upgrade.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import comb

from harness.changes.agreement import Leaf
from harness.changes.permutation import ALPHA, Call
from harness.schema.formats import fitting, mask_of

_MOMENTS = mask_of(["date-time", "date-time-local", "date", "http-date"])
_ALMOST_ALWAYS = 0.9

Twice = list[tuple[Leaf, Leaf]]
"""What one version's earlier and later run said, wherever it was run twice."""


def exchangeable(calls: Sequence[Call]) -> bool:
    """Whether values that differ within a version may be judged by a permutation of the runs."""
    olds, news = (list(_twice(calls, side)) for side in ("old", "new"))
    return not (_moments(calls) or _drift(olds + news) or (_measured(olds) and _measured(news)))


def _twice(calls: Sequence[Call], side: str) -> Iterator[tuple[Leaf, Leaf]]:
    for call in calls:
        for seen in call:
            runs = seen.old if side == "old" else seen.new
            if len(runs) == 2:
                yield runs[0], runs[1]


def _moments(calls: Sequence[Call]) -> bool:
    """Whether all that stands there is moments."""
    values = {value for call in calls for seen in call for _, value in seen.old + seen.new if value is not None}
    return bool(values) and all(isinstance(value, str) for value in values) and fitting(_MOMENTS, values) != 0


def _drift(runs: Twice) -> bool:
    """Whether numbers are larger, or smaller, in later runs: a sign test, on both sides."""
    later = [other > one for (kind, one), (its, other) in runs if kind == its == "number" and one != other]
    most = max(sum(later), len(later) - sum(later))
    chance = 2 * sum(comb(len(later), count) for count in range(most, len(later) + 1)) / 2 ** len(later)
    return chance <= ALPHA


def _measured(runs: Twice) -> bool:
    """Whether numbers are others nearly every time; where there was no second run, as it is on the other side."""
    numbers = [one != other for (kind, one), (its, other) in runs if kind == its == "number"]
    return len(numbers) == len(runs) and sum(numbers) >= _ALMOST_ALWAYS * len(numbers)
