"""An exact test: do NEW's runs of a call differ from OLD's by more than OLD's runs differ from each other?

If the upgrade changed nothing, any two of a call's runs might as well have been OLD's. All ways to deal the runs out are then
equally likely, call by call, and the chance of what was seen is counted, not estimated (Fisher 1935; Pitman 1937). Each
comparison that the runs allow counts, where McNemar's test looks at [o1 != n1] - [o1 != o2] alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import combinations, product
from math import prod

from harness.changes.agreement import Leaf

ALPHA = 0.01
"""How often at most an operation in which nothing changed is said to have changed."""

_ALONE = 0.25
"""What the p-value of one of NEW's runs may be at most: enough to lean the same way, little enough to cost no power."""

_UNITS = 200
_FINEST = 24
"""So many calls, or blocks of them, and a score of so much for each, keep the count of all outcomes to a fraction of a second."""

_WEIGHTS = {(2, 2): (1, 3, 1), (2, 1): (2, 4, 0), (1, 2): (2, 0, 4)}
"""By the number of OLD's and NEW's runs: the weight of each comparison that differs between the versions, within OLD, within NEW.

A value that moved shows between the versions, and more noise on NEW within NEW: OLD's own noise weighs three times NEW's, so
that both are seen (with 4 and 0 a value that moved in a noisy place is seen less often, with 2 and 2 new noise is not).
"""

Scores = tuple[int, ...]
"""A call's score for each way to deal out its runs, the way that it was first. They sum up to 0."""

Chances = Mapping[int, float]


@dataclass(frozen=True)
class Observed:
    """What stood at one place of one call in each run: at least one run of each version, and of one version two."""

    old: tuple[Leaf, ...]
    new: tuple[Leaf, ...]


Call = Sequence[Observed]
"""What one call showed: several values where the place stands in a list. They are dealt out together."""


def p_value(calls: Sequence[Call]) -> float:
    """The chance that calls in which nothing changed come out as these, or further apart: 1.0 where nothing can be told.

    Neighbouring calls are dealt out together where there are more than 200 that tell something.
    """
    scores = _units(calls)
    observed = sum(each[0] for each in scores)
    nothing: Chances = {0: 1.0}
    chances = reduce(_added, (_repeated(each, times) for each, times in _alike(scores).items()), nothing)
    return min(1.0, sum(chance for total, chance in chances.items() if total >= observed))


def least_p_value(calls: Sequence[Call]) -> float:
    """The smallest p-value that these calls could have given, however their runs are dealt out."""
    return prod(each.count(max(each)) / len(each) for each in _units(calls))


def in_each_run(calls: Sequence[Call]) -> bool:
    """Whether either of NEW's two runs, alone, leans the same way: one run that went wrong is no upgrade."""
    full = [call for call in calls if all((len(seen.old), len(seen.new)) == (2, 2) for seen in call)]
    alone = ([[Observed(seen.old, (seen.new[run],)) for seen in call] for call in full] for run in (0, 1))
    return not full or all(p_value(each) <= _ALONE for each in alone)


def holm(p_values: Sequence[float], alpha: float = ALPHA) -> list[bool]:
    """Which of several tests are significant when one false alarm among all of them is one too many (Holm 1979)."""
    flagged = [False] * len(p_values)
    for rank, at in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        if p_values[at] > alpha / (len(p_values) - rank):
            break
        flagged[at] = True
    return flagged


def _units(calls: Sequence[Call]) -> list[Scores]:
    """The scores of the calls that can tell anything, of bounded number and size."""
    by_ways: dict[int, list[Scores]] = defaultdict(list)
    for call in calls:
        scores = _scores(call)
        if any(scores):
            by_ways[len(scores)].append(scores)
    units = [unit for of_one_kind in by_ways.values() for unit in _together(of_one_kind)]
    coarse = max((abs(score) for unit in units for score in unit), default=0) / _FINEST
    return units if coarse <= 1 else [tuple(round(score / coarse) for score in unit) for unit in units]


def _together(scores: Sequence[Scores]) -> Iterator[Scores]:
    size = -(-len(scores) // _UNITS)
    for start in range(0, len(scores), size):
        yield tuple(map(sum, zip(*scores[start : start + size], strict=True)))


def _scores(call: Call) -> Scores:
    return tuple(map(sum, zip(*(_score(len(seen.old), _pattern(seen)) for seen in call), strict=True)))


def _pattern(seen: Observed) -> tuple[int, ...]:
    """Which runs agree: each is named by the first that said the same."""
    runs = seen.old + seen.new
    return tuple(map(runs.index, runs))


@lru_cache(maxsize=64)
def _score(olds: int, runs: tuple[int, ...]) -> Scores:
    """For each way to say which of the runs are OLD's (so many); the way that it was is the first."""
    between, within_old, within_new = _WEIGHTS[olds, len(runs) - olds]
    scores = []
    for old in combinations(range(len(runs)), olds):
        new = [at for at in range(len(runs)) if at not in old]
        scores.append(
            between * sum(runs[one] != runs[other] for one, other in product(old, new))
            - within_old * sum(runs[one] != runs[other] for one, other in combinations(old, 2))
            - within_new * sum(runs[one] != runs[other] for one, other in combinations(new, 2))
        )
    return tuple(scores)


def _alike(units: Sequence[Scores]) -> Counter[Scores]:
    """How many units have the same chances."""
    return Counter(tuple(sorted(unit)) for unit in units)


@lru_cache(maxsize=1024)
def _repeated(scores: Scores, times: int) -> Chances:
    """The chances of the sum over so many units, each of these scores being equally likely."""
    if times == 1:
        return {score: count / len(scores) for score, count in Counter(scores).items()}
    half = _repeated(scores, times // 2)
    whole = _added(half, half)
    return _added(whole, _repeated(scores, 1)) if times % 2 else whole


def _added(one: Chances, other: Chances) -> Chances:
    chances: dict[int, float] = defaultdict(float)
    for (left, chance), (right, its) in product(one.items(), other.items()):
        chances[left + right] += chance * its
    return chances
