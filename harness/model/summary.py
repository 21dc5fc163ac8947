"""Everything that a report says about a `backfit check` or a `backfit diff`: writers read this and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.model.change import Change, Level
from harness.model.outcome import FaultyRuns, PluginRun, Verdict
from harness.model.reads import OperationUse
from harness.model.rule import Rule


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
class Accepted:
    """A change that somebody accepted, and why. `owner` and `expires` (an ISO date) are "" where nobody said."""

    change: Change
    reason: str
    owner: str = ""
    expires: str = ""


@dataclass(frozen=True)
class DiffSummary:
    """Everything that a report says about one comparison. `old` and `new` name what was compared (a file, a version).

    `findings` are what stands, the worst first; `skipped` maps a reason to how many exchanges were not compared; `rules`
    explain every kind that occurs, by id. `fails` is the level from which on the comparison fails (None: never).
    """

    old: str
    new: str
    findings: tuple[Change, ...]
    pairs: int = 0
    accepted: tuple[Accepted, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    fails: Level | None = Level.BREAK
    notes: tuple[str, ...] = ()

    @property
    def failing(self) -> tuple[Change, ...]:
        """The findings for which a gate closes."""
        levels = list(Level)
        return tuple(
            each
            for each in self.findings
            if self.fails is not None and levels.index(each.level) <= levels.index(self.fails)
        )


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
    """One environment × upgrade. `folder` is the run's folder; `started` ISO 8601; `seconds` the phases' durations.

    `skipped` maps a reason to how many exchanges were not compared; `rules` explain every kind of change that occurs; `uses`
    says what the plugin reads and needs of OLD's answers, none where that was not watched; `faulty` what it came to on the
    customer's faulty network, none where that is clean.
    """

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
    accepted: tuple[Accepted, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    shim: ShimSummary | None = None
    accounting: Mapping[str, Accounting] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    uses: tuple[OperationUse, ...] = ()
    faulty: tuple[FaultyRuns, ...] = ()
