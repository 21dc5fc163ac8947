from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from harness.changes.rules import observed_rules
from harness.gate.gate import decide
from harness.gate.ignore import Entry, Ignore
from harness.model.change import Change, Level
from harness.model.errors import BadFile
from harness.model.summary import DiffSummary
from tests.changes.bodies import calls
from tests.gate.rows import change, found, reads

TODAY = date(2026, 5, 4)
ROWS = [
    change("$.info", level=Level.INFO, kind="response-optional-property-added"),
    change("$.risk", level=Level.RISK, kind="response-value-changed"),
    change("$.read"),
    change("$.unread"),
]


def decided(*entries: Entry, rows: list[Change] = ROWS, fails: Level | None = Level.BREAK) -> DiffSummary:
    return decide(
        rows,
        old="a.har",
        new="b.har",
        today=TODAY,
        reads=reads(GET_a="$.read"),
        ignore=Ignore(Path("f"), entries),
        fails=fails,
        rules=observed_rules(),
        pairs=3,
        skipped={"no answer": 1},
        notes=["a note"],
    )


def test__decide__changes__are_judged_and_the_worst_stand_first() -> None:
    summary = decided()
    assert [(each.path, each.level.value) for each in summary.findings] == [
        ("$.read", "break"),
        ("$.risk", "risk"),
        ("$.unread", "risk"),
        ("$.info", "info"),
    ]
    assert (summary.old, summary.new, summary.pairs, summary.notes) == ("a.har", "b.har", 3, ("a note",))
    assert summary.skipped == {"no answer": 1}


@pytest.mark.parametrize(("fails", "failing"), [(Level.BREAK, 1), (Level.RISK, 3), (Level.INFO, 4), (None, 0)])
def test__decide__from_a_level_on__fails(fails: Level | None, failing: int) -> None:
    assert len(decided(fails=fails).failing) == failing


def test__decide__what_is_accepted__stands_no_more_and_is_still_told() -> None:
    summary = decided(Entry("fine", path="$.read"))
    assert summary.failing == ()
    assert [(each.change.path, each.reason) for each in summary.accepted] == [("$.read", "fine")]
    assert summary.accepted[0].change.level is Level.BREAK


def test__decide__rules__are_those_that_occur() -> None:
    summary = decided(Entry("fine", path="$.info"))
    assert set(summary.rules) == {each.kind for each in ROWS}


def test__decide__an_entry_that_accepts_nothing__is_an_error() -> None:
    with pytest.raises(BadFile):
        decided(Entry("fine", path="$.none"))


def test__decide__one_change_at_two_places__is_one_finding_of_the_worse_level() -> None:
    old, new = ({"at": {key: {"id": 1, "when": "x"} for key in "ab"}}, {"at": {key: {"id": 1} for key in "ab"}})
    rows = found(calls("/a/{}", old, old), calls("/a/{}", new, new))
    assert {row.path for row in rows} == {"$.at.a.when", "$.at.b.when"}
    known = reads(**{"GET /a/{id}": "$.at.b.when"})
    [finding] = decide(rows, old="", new="", today=TODAY, reads=known).findings
    assert (finding.level, finding.path) == (Level.BREAK, "$.at.b.when")
    assert [place.path for place in finding.places] == ["$.at.b.when", "$.at.a.when"]


def test__decide__one_place_accepted_of_two__leaves_the_other() -> None:
    rows = [change("$.a", "GET /x"), change("$.a", "GET /y")]
    summary = decide(
        rows,
        old="",
        new="",
        today=TODAY,
        ignore=Ignore(Path("f"), (Entry("r", path="$.a", operation="GET /x"),)),
    )
    assert [each.operation for each in summary.findings] == ["GET /y"]
    assert [each.change.operation for each in summary.accepted] == ["GET /x"]


def test__decide__nothing__is_an_empty_summary() -> None:
    assert decide([], old="a", new="b", today=TODAY) == DiffSummary("a", "b", ())
