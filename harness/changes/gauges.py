"""Values that measure the running system: with nothing to measure noise by, their names and their nearness decide that.

Memory, uptime and durations differ whenever they are read. A changed unit is another matter, and is seen: it is a thousand
times as much.
"""

from __future__ import annotations

from collections.abc import Sequence

from harness.changes.explain import Pair
from harness.changes.scalars import moved
from harness.lens.steps.recase import words
from harness.model.json_text import Json
from harness.model.paths import Path

LIVE = "looks like a live measurement: not compared, for want of a second run"

_NAMES = frozenset(
    "uptime rss vms heap memory mem swap cpu load pid elapsed duration took latency runtime".split()  # noqa: SIM905
)
_TIMES = 10


def gauges(pairs: Sequence[Pair]) -> frozenset[Path]:
    """The templates named like a measurement where every value that differs is a number near the other one."""
    return frozenset(
        each.at
        for each in moved(pairs)
        if _is_gauge(each.at) and all(_are_near(one.old, one.new) for one in each.samples)
    )


def _is_gauge(at: Path) -> bool:
    name = next((step for step in reversed(at) if isinstance(step, str)), "")
    return not _NAMES.isdisjoint(word.lower() for word in words(name))


def _are_near(old: Json, new: Json) -> bool:
    """Whether both are numbers above zero of which neither is ten times the other."""
    numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in (old, new))
    return numbers and 0 < old < _TIMES * new and 0 < new < _TIMES * old
