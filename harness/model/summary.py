"""Everything that a report says about one `backfit check`: writers read this and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.model.change import Change
from harness.model.outcome import PluginRun, Verdict


@dataclass(frozen=True)
class Accounting:
    """recorded == replayed + sum(skipped.values()), for each replay. `skipped` maps a reason to a count."""

    recorded: int
    replayed: int
    skipped: Mapping[str, int] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether nothing vanished."""
        return self.recorded == self.replayed + sum(self.skipped.values())


@dataclass(frozen=True)
class Agreement:
    """How the leaves of NEW's answers compare with OLD's, for one operation: counts of leaves."""

    operation: str
    pairs: int
    leaves: int
    equal_before: int
    equal_after: int
    noisy: int
    lost: int
    wrong: int


@dataclass(frozen=True)
class ShimSummary:
    """`mapping` is the shim's YAML as written; `lost` says what it cannot restore, a line each."""

    file: str
    steps: int
    pairs: int
    mapping: str
    lost: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    agreement: tuple[Agreement, ...] = ()


@dataclass(frozen=True)
class CheckSummary:
    """One environment × upgrade. `folder` is the run's folder; `started` ISO 8601; `seconds` the phases' durations."""

    run_id: str
    environment: str
    customer: str
    system: str
    old_version: str
    new_version: str
    plugin: str
    plugin_version: str
    driver: str
    driver_reason: str
    browser: str
    verdict: Verdict
    folder: str
    started: str
    runs: tuple[PluginRun, ...] = ()
    changes: tuple[Change, ...] = ()
    shim: ShimSummary | None = None
    accounting: Mapping[str, Accounting] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
