"""Whether two runs of one version could as well have been made in the other order: only then may a permutation deal them out.

A clock, a counter and a stopwatch tell when and on how busy a machine they were read, and nothing about the upgrade.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.changes.agreement import Leaf
from harness.changes.permutation import Call
from harness.schema.formats import fitting, mask_of

_MOMENTS = mask_of(["date-time", "date-time-local", "date", "http-date"])
_ALMOST_ALWAYS = 0.9
_LEANS = 6.635
"""What chi-square with one degree of freedom exceeds once in a hundred times."""

Twice = Sequence[tuple[Leaf, ...]]
"""What two runs of one version said, the earlier first: in one call, at each of its places."""


def exchangeable(calls: Sequence[Call]) -> bool:
    """Whether values that differ within a version may be judged by a permutation of the runs."""
    olds, news = ([_twice(call, new=new) for call in calls] for new in (False, True))
    return not (_moments(calls) or _drift(olds + news) or (_measured(olds) and _measured(news)))


def _twice(call: Call, *, new: bool) -> Twice:
    sides = (seen.new if new else seen.old for seen in call)
    return [side for side in sides if len(side) == 2]


def _moments(calls: Sequence[Call]) -> bool:
    """Whether all that stands there is moments."""
    values = {value for call in calls for seen in call for _, value in seen.old + seen.new if value is not None}
    return bool(values) and all(isinstance(value, str) for value in values) and fitting(_MOMENTS, values) != 0


def _drift(calls: Sequence[Twice]) -> bool:
    """Whether numbers are larger, or smaller, in the later run: a sign test over calls, corrected for continuity."""
    leanings = [sum((later > earlier) - (later < earlier) for earlier, later in _numbers(call)) for call in calls]
    up, down = sum(each > 0 for each in leanings), sum(each < 0 for each in leanings)
    return max(abs(up - down) - 1, 0) ** 2 > _LEANS * (up + down)


def _measured(calls: Sequence[Twice]) -> bool:
    """Whether numbers are others nearly every time; a version without a second run is as the other is."""
    numbers = [earlier != later for call in calls for earlier, later in _numbers(call)]
    return len(numbers) == sum(map(len, calls)) and sum(numbers) >= _ALMOST_ALWAYS * len(numbers)


def _numbers(call: Twice) -> Iterator[tuple[float, float]]:
    return ((earlier[1], later[1]) for earlier, later in call if earlier[0] == later[0] == "number")
