"""A check as a comparison: the plugin decides, and its runs are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.model.change import Level
from harness.model.outcome import Verdict
from harness.model.summary import Accounting, CheckSummary
from harness.report.checked import diff_of

FILE = "environments/bike-shop/environment.yaml"


def test__diff_of__bike_shop__has_its_versions_findings_and_runs(bike_shop: CheckSummary) -> None:
    diff = diff_of(bike_shop, file=FILE)
    assert (diff.old, diff.new, diff.pairs, diff.file) == ("datasette 0.64.8", "datasette 1.0a41", 22, FILE)
    assert [change.level for change in diff.findings] == [Level.BREAK] * 2 + [Level.INFO] * 5
    assert diff.notes[0] == "plugin on old: works, 2 pages, 4 calls, chart with 20 points"
    assert diff.notes[-1] == "the clock of the host was not changed"
    assert diff.skipped == {"document or asset of the page (not an API call)": 9}
    assert diff.uses == bike_shop.uses


@pytest.mark.parametrize(
    ("verdict", "failing"), [(Verdict.OK, 0), (Verdict.FIXED, 0), (Verdict.BROKEN, 2), (Verdict.BROKEN_SHIMMED, 2)]
)
def test__diff_of__verdict__decides_whether_breaks_fail(
    bike_shop: CheckSummary, verdict: Verdict, failing: int
) -> None:
    assert len(diff_of(replace(bike_shop, verdict=verdict), file=FILE).failing) == failing


def test__diff_of__replays_that_skipped__are_not_added_up(bike_shop: CheckSummary) -> None:
    accounting = {"old-1": Accounting(3, 1, {"a": 2}), "new-1": Accounting(3, 1, {"a": 1, "b": 1})}
    assert diff_of(replace(bike_shop, accounting=accounting), file=FILE).skipped == {"a": 2, "b": 1}
    assert diff_of(replace(bike_shop, accounting={}, skipped={"c": 1}), file=FILE).skipped == {"c": 1}


def test__diff_of__a_faulty_network__is_a_note(faulty: CheckSummary) -> None:
    notes = diff_of(faulty, file="environment.yaml").notes
    assert any(note.startswith("plugin on new, faulty network: flaky, 2 of 5 runs fail") for note in notes)
