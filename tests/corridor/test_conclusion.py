from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from harness.corridor.conclusion import as_experienced, exit_code, lost_places, write_reports
from harness.model.change import Change, Level, Support, Undone
from harness.model.outcome import Result, Verdict
from harness.shims.document import Entry, Lost
from tests.corridor.summaries import SUMMARY


@pytest.mark.parametrize(
    ("verdict", "code", "accepting"),
    [
        (Verdict.OK, 0, 0),
        (Verdict.FIXED, 0, 0),
        (Verdict.BROKEN_SHIMMED, 1, 0),
        (Verdict.BROKEN, 1, 1),
        (Verdict.BROKEN_ON_OLD, 3, 3),
        (Verdict.ENVIRONMENT_FAILED, 3, 3),
    ],
)
def test__exit_code__of_each_verdict__is_what_a_pipeline_reads(verdict: Verdict, code: int, accepting: int) -> None:
    summary = replace(SUMMARY, verdict=verdict)
    assert (exit_code(summary), exit_code(summary, accept_shim=True)) == (code, accepting)


@pytest.mark.parametrize(
    ("places", "text"),
    [
        (["$.a"], "GET /a: $.a (1 place)"),
        (list("abcde"), "GET /a: a, b, c, d, e (5 places)"),
        (list("abcdef"), "GET /a: a, b, c, d, e, … (6 places)"),
    ],
)
def test__lost__of_an_operation__is_one_line(places: list[str], text: str) -> None:
    assert lost_places(Entry("GET", "/a", lost=tuple(Lost(path, "gone") for path in places))) == text


@pytest.mark.parametrize(
    ("undone", "shimmed", "level"),
    [
        (Undone.LOST, Result.WORKS, Level.INFO),
        (Undone.LOST, Result.BROKEN, Level.BREAK),
        (Undone.LOST, Result.NOT_RUN, Level.BREAK),
        (Undone.UNDONE, Result.WORKS, Level.BREAK),
        (Undone.PARTLY, Result.WORKS, Level.BREAK),
    ],
)
def test__as_experienced__what_the_plugin_did_without__is_no_break(
    undone: Undone, shimmed: Result, level: Level
) -> None:
    change = Change("k", "t", Level.BREAK, "GET /a", "$.a", "gone", "read", Support(1, 1, 1), undone=undone)
    [judged] = as_experienced([change], shimmed)
    assert judged.level is level
    assert (judged.reason == "read") is (level is Level.BREAK)


def test__write_reports__what_was_not_compared__is_said(tmp_path: Path) -> None:
    write_reports(replace(SUMMARY, folder=str(tmp_path), skipped={"no answer was recorded": 2}))
    assert json.loads((tmp_path / "changes.json").read_text())["skipped"] == {"no answer was recorded": 2}
