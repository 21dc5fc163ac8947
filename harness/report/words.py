"""The few words that every report uses for the same thing."""

from __future__ import annotations

from collections.abc import Iterable

from harness.model.outcome import FaultyRuns, Side
from harness.model.summary import Accounting, Agreement, CheckSummary

SIDES = {Side.OLD: "old", Side.NEW: "new", Side.SHIMMED: "new + shim"}


def faulty(runs: FaultyRuns) -> str:
    """`plugin on old, faulty network`."""
    return f"plugin on {SIDES[runs.side]}, faulty network"


def driver(summary: CheckSummary) -> str:
    """The driver and why it was taken: `docker, because an engine answers`."""
    if not summary.driver_reason or summary.driver_reason.startswith(summary.driver):
        return summary.driver_reason or summary.driver
    return f"{summary.driver}, because {summary.driver_reason.removeprefix('because ')}"


def upgrade(summary: CheckSummary) -> str:
    """`datasette 0.64.8 → 1.0a41`."""
    return f"{summary.system} {summary.old_version} → {summary.new_version}"


def plugin(summary: CheckSummary) -> str:
    """`datasette-chartjs 0.2.0`, without the version where it has none."""
    return f"{summary.plugin} {summary.plugin_version}".strip()


def accounted(accounting: Accounting) -> str:
    """`31 recorded = 22 replayed + 9 skipped`, or that this is not so."""
    skipped = sum(accounting.skipped.values())
    sign = "=" if accounting.adds_up else "≠"
    return f"{accounting.recorded:,} recorded {sign} {accounting.replayed:,} replayed + {skipped:,} skipped"


def total(agreements: Iterable[Agreement]) -> Agreement:
    """All operations' counts in one."""
    counts = [(a.pairs, a.leaves, a.equal_before, a.equal_after, a.noisy, a.lost, a.wrong) for a in agreements]
    return Agreement("all operations", *map(sum, zip((0,) * 7, *counts, strict=True)))
