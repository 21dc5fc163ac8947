"""A failed environment or operation as pytest shows it: what broke, and each finding behind it, without a traceback."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.model.change import Change
from harness.model.outcome import Result
from harness.model.summary import CheckSummary
from harness.report.findings import explanation, head, worst_first
from harness.report.outcomes import complaints
from harness.report.text import line
from harness.report.words import SIDES, faulty, upgrade


def failure_text(summary: CheckSummary, changes: Sequence[Change], *, plugin: bool) -> str:
    """Several lines: the verdict and the plugin's runs where it is about the plugin, the changes, and where the report is."""
    head = [f"{line(summary.environment)}   {line(upgrade(summary))}   {summary.verdict}: {summary.verdict.sentence}"]
    runs = list(_runs(summary)) if plugin else []
    told = [text for change in worst_first(changes) for text in _change(change)]
    return "\n".join([*head, *runs, *told, "", f"report  {line(summary.folder)}/report.html"])


def _runs(summary: CheckSummary) -> Iterator[str]:
    for run in summary.runs:
        yield f"  plugin on {SIDES[run.side]}: {run.result}   {line(run.headline)}"
        if run.result in (Result.BROKEN, Result.FLAKY):
            yield from (f"    {line(error)}" for error in complaints(run))
    for each in summary.faulty:
        yield f"  {faulty(each)}: {each.result}   {line(each.headline)}"


def _change(change: Change) -> Iterator[str]:
    yield ""
    yield f"{change.level}  {head(change)}"
    yield from (f"  {label:<7}  {text}" for label, text in explanation(change))
