"""What a plugin's run came to, and the table that turns three of them into a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from harness.model.json_text import Json


class Side(StrEnum):
    """Which system a plugin ran against."""

    OLD = "old"
    NEW = "new"
    SHIMMED = "shimmed"


class Result(StrEnum):
    """`works` and `broken` speak of the plugin; `not-run` of the environment (the reason is in the headline)."""

    WORKS = "works"
    BROKEN = "broken"
    NOT_RUN = "not-run"


@dataclass(frozen=True)
class Shot:
    """A screenshot: `file` is relative to the run's folder."""

    name: str
    file: str


@dataclass(frozen=True)
class PluginRun:
    """One run of the plugin's scenario. `headline` is one line for the table; `seconds` is its duration."""

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


class Verdict(StrEnum):
    """One environment × upgrade's outcome."""

    OK = "ok"
    BROKEN = "broken"
    BROKEN_SHIMMED = "broken-shimmed"
    BROKEN_ON_OLD = "broken-on-old"
    FIXED = "fixed"
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
    Verdict.ENVIRONMENT_FAILED: "nothing can be said: the environment failed",
}


def decide(old: Result, new: Result, shimmed: Result) -> Verdict:
    """The verdict table: (OLD, NEW, NEW + shim). A shim is not run where NEW works."""
    match old, new, shimmed:
        case (Result.NOT_RUN, _, _) | (_, Result.NOT_RUN, _):
            return Verdict.ENVIRONMENT_FAILED
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
