"""Each figure with its limit, where it has one; a table for each peer. Exits with 1 where a limit is missed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks import (
    against_deepdiff,
    applying,
    inference,
    learning,
    living,
    noise,
    reading,
    recording,
    streaming,
)
from tests.benchmarks.checking import own_seconds


@dataclass(frozen=True)
class Figure:
    """What is measured, and what it may be at most or must be at least."""

    name: str
    measure: Callable[[], float]
    unit: str
    most: float | None = None
    least: float | None = None

    def row(self) -> tuple[str, bool]:
        """Measure: the line to print, and whether a limit is missed."""
        measured = self.measure()
        missed = (self.most is not None and measured > self.most) or (self.least is not None and measured < self.least)
        limit = (
            f"<= {self.most:g}" if self.most is not None else f">= {self.least:g}" if self.least is not None else "-"
        )
        return f"{self.name:42}{measured:>10.2f}{limit:>8}  {self.unit}{'   MISSED' if missed else ''}", missed


ORJSON = "x orjson loads + dumps"
FIGURES = (
    Figure("ten steps on a page of 50 kB", applying.of_a_page, ORJSON, most=1.6),
    Figure("ten steps on 190 small rows, 50 kB", applying.of_small_rows, ORJSON, most=3.0),
    Figure("the same, beside jsonata-python", applying.against_jsonata, "times as fast", least=50),
    Figure("rows to lists in a table of 500 kB", applying.of_a_table, ORJSON, most=2.0),
    Figure("the same, long decimals in every row", applying.of_long_decimals, ORJSON, most=2.0),
    Figure("a warm check of the bike shop, by itself", own_seconds, "s", most=25),
    Figure("a call through our recorder, added", recording.added_by_our_proxy, "ms", most=10),
    Figure("the same through mitmproxy and TLS", recording.added_by_mitmproxy, "ms"),
    Figure("read tracking, a page that parses 500 kB", reading.milliseconds_more, "ms more", most=150),
    Figure("the same, as a ratio", reading.times_as_long, "times as long"),
    Figure("env up of the bike shop, beside docker run", living.up_beside_docker_run, "times as long", most=1.15),
    Figure("100 MB of PostgreSQL brought back", living.restore_seconds, "s", most=1.0),
)
TABLES: tuple[tuple[str, Callable[[list[str]], int]], ...] = (
    ("Inference with all its statistics, against types alone", lambda arguments: inference.main()),
    ("A shim learned, by number of pairs", lambda arguments: learning.main([])),
    ("Two answers compared, against DeepDiff", against_deepdiff.main),
    ("Ten environments brought up side by side, with docker", living.side_by_side),
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
    for figure in FIGURES:
        line, too_much = figure.row()
        missed += too_much
        print(line, flush=True)
    for title, table in TABLES:
        print(f"\n{title}", flush=True)
        missed += table([])
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
