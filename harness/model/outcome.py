"""What a plugin's run came to, and the table that turns three of them into a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from harness.model.json_text import Json


class Side(StrEnum):
    """Which system a plugin ran against."""

    OLD = "old"
    NEW = "new"
    SHIMMED = "shimmed"


class Result(StrEnum):
    """`works` and `broken` speak of the plugin; `not-run` of the environment (the reason is in the headline).

    `flaky`: run several times on one version, it sometimes works.
    """

    WORKS = "works"
    BROKEN = "broken"
    FLAKY = "flaky"
    NOT_RUN = "not-run"


@dataclass(frozen=True)
class Shot:
    """A screenshot: `file` is relative to the run's folder."""

    name: str
    file: str


@dataclass(frozen=True)
class PluginRun:
    """One run of the plugin's scenario. `headline` is one line for the table; `seconds` is its duration.

    `exit_code` is that of a plugin that is a program, negative for a signal. `worker_errors` fell in service workers, shared
    workers and hidden documents. `snapshots` are what the scenario kept of its pages as a screen reader has them, by name:
    a part of the outcome; `pages` is the same of each page that was open at the end, by address: evidence. `made` counts the
    calls of each operation. `trace` is a file of the run's folder, empty where none was kept; `browser` the one that answered.
    """

    side: Side
    result: Result
    headline: str
    observations: Mapping[str, Json] = field(default_factory=dict)
    page_errors: tuple[str, ...] = ()
    console_errors: tuple[str, ...] = ()
    failed_requests: tuple[str, ...] = ()
    screenshots: tuple[Shot, ...] = ()
    calls: int = 0
    seconds: float = 0.0
    exit_code: int | None = None
    worker_errors: tuple[str, ...] = ()
    dialogs: tuple[str, ...] = ()
    downloads: tuple[str, ...] = ()
    snapshots: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, int] = field(default_factory=dict)
    trace: str = ""
    browser: str = ""


@dataclass(frozen=True)
class FaultyRuns:
    """One version on the customer's faulty network: so many `runs` of the plugin, so many of them failed.

    `headlines` says what the failed ones came to, each once with how often; `faults` what was wrong with the network, in words.
    """

    side: Side
    runs: int
    failed: int
    headlines: Mapping[str, int] = field(default_factory=dict)
    faults: str = ""

    @property
    def result(self) -> Result:
        """`flaky` where some runs worked and others did not."""
        if self.failed == 0:
            return Result.WORKS
        return Result.BROKEN if self.failed == self.runs else Result.FLAKY

    @property
    def headline(self) -> str:
        """`2 of 5 runs fail: TimeoutError … (2 times)`."""
        said = [f"{text} ({times} times)" if times > 1 else text for text, times in self.headlines.items()]
        return (
            f"{self.failed} of {self.runs} runs {'fails' if self.failed == 1 else 'fail'}"
            + ": " * bool(said)
            + "; ".join(said)
        )


class Verdict(StrEnum):
    """One environment × upgrade's outcome."""

    OK = "ok"
    BROKEN = "broken"
    BROKEN_SHIMMED = "broken-shimmed"
    BROKEN_ON_OLD = "broken-on-old"
    FIXED = "fixed"
    FLAKY = "flaky"
    ENVIRONMENT_FAILED = "environment-failed"

    @property
    def sentence(self) -> str:
        """What it means, for a person."""
        return _SENTENCES[self]


_SENTENCES = {
    Verdict.OK: "the plugin works on the new version as it is",
    Verdict.BROKEN: "the new version breaks the plugin, and the shim does not mend it",
    Verdict.BROKEN_SHIMMED: "the new version breaks the plugin, and the shim mends it",
    Verdict.BROKEN_ON_OLD: "the plugin fails on the old version already: the scenario or the environment is not the customer's",
    Verdict.FIXED: "the plugin failed on the old version and works on the new one",
    Verdict.FLAKY: "nothing can be said: what the plugin does comes and goes; run it again, or look at the network",
    Verdict.ENVIRONMENT_FAILED: "nothing can be said: the environment failed",
}


def decide(old: Result, new: Result, shimmed: Result) -> Verdict:
    """The verdict table: (OLD, NEW, NEW + shim). A shim is not run where NEW works; one that mends sometimes mends nothing."""
    match old, new, shimmed:
        case (Result.NOT_RUN, _, _) | (_, Result.NOT_RUN, _):
            return Verdict.ENVIRONMENT_FAILED
        case (Result.FLAKY, _, _) | (_, Result.FLAKY, _):
            return Verdict.FLAKY
        case (Result.BROKEN, Result.WORKS, _):
            return Verdict.FIXED
        case (Result.BROKEN, _, _):
            return Verdict.BROKEN_ON_OLD
        case (_, Result.WORKS, _):
            return Verdict.OK
        case (_, _, Result.WORKS):
            return Verdict.BROKEN_SHIMMED
        case _:
            return Verdict.BROKEN


FEWEST_RUNS = 4
"""With fewer runs on each version, all of one failing and none of the other could be chance (Fisher's exact test: 1 in 35)."""


def on_faulty_network(verdict: Verdict, faulty: Sequence[FaultyRuns]) -> Verdict:
    """The verdict of a clean network, with what came of the faulty one. A break on the clean one stays a break.

    Failures that come and go are the network's; where OLD always bears the faults and NEW never does, NEW breaks the plugin.
    """
    if verdict not in (Verdict.OK, Verdict.FIXED) or not any(each.failed for each in faulty):
        return verdict
    results = {each.side: each for each in faulty}
    old, new = results.get(Side.OLD), results.get(Side.NEW)
    if old and new and old.result is Result.WORKS and new.result is Result.BROKEN:
        return Verdict.BROKEN if min(old.runs, new.runs) >= FEWEST_RUNS else Verdict.FLAKY
    return Verdict.FLAKY
