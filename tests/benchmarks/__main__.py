"""Each figure with its limit, where it has one; a table for each peer. Exits with 1 where a limit is missed."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tests.benchmarks import against_deepdiff, inference, noise, streaming
from tests.benchmarks.applying import ratio, ratio_of_long_decimals
from tests.benchmarks.checking import own_seconds

FIGURES = (
    ("a shim on a 500 kB answer", ratio, 2.5, "x orjson loads + dumps"),
    ("the same, long decimals in every row", ratio_of_long_decimals, None, "x orjson loads + dumps"),
    ("a warm check of the bike shop, by itself", own_seconds, 25.0, "s"),
)
TABLES: tuple[tuple[str, Callable[[list[str]], int]], ...] = (
    ("Inference with all its statistics, against types alone", lambda arguments: inference.main()),
    ("Two answers compared, against DeepDiff", against_deepdiff.main),
    ("Noise: false alarms, and changes found", lambda arguments: noise.main()),
    (
        "Streams: memory whatever their length (`python -m tests.benchmarks.streaming 1000000` for the long one)",
        streaming.main,
    ),
)


def main() -> int:
    """Measure and print."""
    print(f"{'':42}{'measured':>10}{'limit':>8}")
    missed = 0
    for name, measure, limit, unit in FIGURES:
        measured = measure()
        too_much = limit is not None and measured > limit
        missed += too_much
        print(f"{name:42}{measured:>10.2f}{limit or '-':>8}  {unit}{'   MISSED' if too_much else ''}", flush=True)
    for title, table in TABLES:
        print(f"\n{title}", flush=True)
        missed += table([])
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
