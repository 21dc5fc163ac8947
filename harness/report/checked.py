"""A check told as a comparison, for the formats that a pipeline reads: SARIF, GitHub's commands, a comment in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from harness.model.change import Level
from harness.model.outcome import Verdict
from harness.model.reads import OperationUse
from harness.model.summary import CheckSummary, DiffSummary
from harness.report.findings import worst_first
from harness.report.words import SIDES, faulty


@dataclass(frozen=True)
class CheckedDiff(DiffSummary):
    """What a check found, with its `verdict`: the plugin itself decides, not the levels of the findings.

    `file` is what an annotation is shown at: the environment's file; `uses` are what the plugin reads and needs.
    """

    verdict: Verdict = Verdict.ENVIRONMENT_FAILED
    file: str = ""
    uses: tuple[OperationUse, ...] = ()


def diff_of(
    check: CheckSummary,
    *,
    file: str,
) -> CheckedDiff:
    """The check's changes as findings, and the plugin's runs as notes. `file` is the environment's, relative to the repository.

    What the replays left out is skipped too. No finding fails where the plugin works.
    """
    works = check.verdict in (Verdict.OK, Verdict.FIXED)
    runs = [f"plugin on {SIDES[run.side]}: {run.result}, {run.headline}" for run in check.runs]
    return CheckedDiff(
        old=f"{check.system} {check.old_version}",
        new=f"{check.system} {check.new_version}",
        findings=tuple(worst_first(check.changes)),
        pairs=check.shim.pairs if check.shim else 0,
        accepted=check.accepted,
        skipped={**_left_out(check), **check.skipped},
        rules=check.rules,
        fails=None if works else Level.BREAK,
        notes=(*runs, *(f"{faulty(each)}: {each.result}, {each.headline}" for each in check.faulty), *check.notes),
        verdict=check.verdict,
        file=file,
        uses=check.uses,
    )


def _left_out(check: CheckSummary) -> Mapping[str, int]:
    """What the replays left out; each reason as often as in the replay that left out most."""
    most: Counter[str] = Counter()
    for accounting in check.accounting.values():
        most |= Counter(accounting.skipped)
    return most
