"""Calls are sent as far apart as the plugin made them: what a system measures anew between two calls is measured anew, and two
runs of one version differ as a run of each version would.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from harness.model.exchange import Exchange

SHORTEST = 0.2
"""Seconds below which a pause is the plugin's own work, and not kept."""
LONGEST = 2.0
"""Seconds that one pause may take."""
LONGEST_SUM = 10.0
"""Seconds that the pauses of one replay may take together; beyond, all are shortened alike."""


def pauses(exchanges: Sequence[Exchange]) -> list[float]:
    """Seconds to wait before each call, after the answer to the one before; none where calls overlapped."""
    waits = [0.0, *_idle(exchanges)][: len(exchanges)]
    total = sum(waits)
    return waits if total <= LONGEST_SUM else [wait * LONGEST_SUM / total for wait in waits]


def _idle(exchanges: Sequence[Exchange]) -> Iterator[float]:
    for before, after in pairwise(exchanges):
        begun, ended = _moment(after), _moment(before)
        idle = 0.0 if begun is None or ended is None else begun - ended - before.elapsed
        yield min(idle, LONGEST) if idle >= SHORTEST else 0.0


def _moment(exchange: Exchange) -> float | None:
    """When the call was made, in seconds; None where a recording made by hand says none."""
    try:
        return datetime.fromisoformat(exchange.started).timestamp()
    except (ValueError, OverflowError):
        return None
