"""One table: each figure with its limit, where it has one; exits with 1 where one is missed."""

from __future__ import annotations

import sys

from tests.benchmarks.applying import ratio, ratio_of_long_decimals
from tests.benchmarks.checking import own_seconds

FIGURES = (
    ("a shim on a 500 kB answer", ratio, 2.5, "x orjson loads + dumps"),
    ("the same, long decimals in every row", ratio_of_long_decimals, None, "x orjson loads + dumps"),
    ("a warm check of the bike shop, by itself", own_seconds, 25.0, "s"),
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
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
