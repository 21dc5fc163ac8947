"""One wording of a comparison for every writer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.model.change import Level
from harness.model.outcome import Verdict
from harness.model.summary import Accepted, CheckSummary, DiffSummary
from harness.report.checked import diff_of
from harness.report.diff_words import acceptance, compared, passes, skipped, tallied, verdict


@pytest.mark.parametrize(
    ("fails", "said", "open_"),
    [
        (Level.BREAK, "fails: 2 breaks", False),
        (Level.RISK, "fails: 2 breaks, 1 risk", False),
        (None, "passes, as no level fails it", True),
    ],
)
def test__verdict__level_that_fails__is_said(upgrade: DiffSummary, fails: Level | None, said: str, open_: bool) -> None:
    summary = replace(upgrade, fails=fails)
    assert (verdict(summary), passes(summary)) == (said, open_)


def test__verdict__nothing_that_fails__passes(upgrade: DiffSummary) -> None:
    infos = tuple(change for change in upgrade.findings if change.level is Level.INFO)
    assert verdict(replace(upgrade, findings=infos)) == "passes"
    assert verdict(replace(upgrade, findings=(), fails=None)) == "passes"


@pytest.mark.parametrize(
    ("outcome", "open_"),
    [
        (Verdict.OK, True),
        (Verdict.FIXED, True),
        (Verdict.BROKEN, False),
        (Verdict.BROKEN_SHIMMED, False),
        (Verdict.BROKEN_ON_OLD, None),
        (Verdict.ENVIRONMENT_FAILED, None),
    ],
)
def test__passes__check__is_none_where_nothing_can_be_said(
    bike_shop: CheckSummary, outcome: Verdict, open_: bool | None
) -> None:
    diff = diff_of(replace(bike_shop, verdict=outcome, changes=()), file="environment.yaml")
    assert passes(diff) is open_
    assert verdict(diff) == f"{outcome.value}: {outcome.sentence}"


def test__words__upgrade__say_what_and_how_much(upgrade: DiffSummary) -> None:
    assert compared(upgrade) == "recordings/old.har → recordings/new.har"
    assert tallied(upgrade) == "2 breaks, 1 risk, 4 infos, 1 accepted, 22 pairs compared"
    assert tallied(DiffSummary("a", "b", ())) == "no changes"
    assert skipped(upgrade) == ["skipped 3 exchanges: no response was recorded"]


def test__acceptance__owner_and_expiry__are_named_where_known(upgrade: DiffSummary) -> None:
    assert acceptance(upgrade.accepted[0]) == "the plugin hides it, Ann, until 2027-01-31"
    assert acceptance(Accepted(upgrade.findings[0], "as\nmeant")) == "as\\nmeant"
