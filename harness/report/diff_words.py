"""The few words that every report of a comparison uses for the same thing: what it comes to, and in how much."""

from __future__ import annotations

from harness.model.outcome import Verdict
from harness.model.summary import Accepted, CheckSummary, DiffSummary
from harness.report.checked import CheckedDiff
from harness.report.findings import level_counts
from harness.report.text import count, line


def passes(summary: DiffSummary) -> bool | None:
    """Whether a gate stays open; None where nothing can be said."""
    if not isinstance(summary, CheckedDiff):
        return not summary.failing
    if summary.verdict in (Verdict.ENVIRONMENT_FAILED, Verdict.BROKEN_ON_OLD, Verdict.FLAKY):
        return None
    return summary.verdict in (Verdict.OK, Verdict.FIXED)


def verdict(summary: DiffSummary) -> str:
    """`fails: 2 breaks`, `passes`, or what a check comes to."""
    if isinstance(summary, CheckedDiff):
        return f"{summary.verdict}: {summary.verdict.sentence}"
    if summary.failing:
        return f"fails: {level_counts(summary.failing)}"
    return "passes, as no level fails it" if summary.findings and summary.fails is None else "passes"


def compared(summary: DiffSummary) -> str:
    """`old.har → new.har`."""
    return f"{line(summary.old)} → {line(summary.new)}"


def file(summary: DiffSummary) -> str:
    """What an annotation is shown at: the file that is new, or the environment's."""
    return summary.file if isinstance(summary, CheckedDiff) else summary.new


def tallied(summary: DiffSummary) -> str:
    """`2 breaks, 5 infos, 1 accepted, 58 pairs compared`: everything that was found, and in how much."""
    accepted = [f"{len(summary.accepted):,} accepted"] if summary.accepted else []
    pairs = [f"{count(summary.pairs, 'pair')} compared"] if summary.pairs else []
    return ", ".join([level_counts(summary.findings), *accepted, *pairs])


def acceptance(accepted: Accepted) -> str:
    """Why a change was accepted, by whom and until when, in one line."""
    owner = f", {line(accepted.owner)}" if accepted.owner else ""
    expires = f", until {line(accepted.expires)}" if accepted.expires else ""
    return f"{line(accepted.reason)}{owner}{expires}"


def skipped(summary: DiffSummary | CheckSummary) -> list[str]:
    """A line for each reason why exchanges were not compared."""
    return [f"skipped {count(number, 'exchange')}: {line(reason)}" for reason, number in summary.skipped.items()]
