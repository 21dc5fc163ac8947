"""The rule by which what was seen of a plugin, and what ablation found, becomes a level."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.gate.contract_reads import contract_reads
from harness.gate.judge import judged
from harness.gate.reads import Reads
from harness.model.change import Change, Level
from harness.model.json_text import Json
from harness.model.paths import format_path
from harness.model.reads import NOT_READ
from tests.contract.documents import contract, needs, reads
from tests.gate.rows import change

BREAK, RISK, INFO = Level.BREAK, Level.RISK, Level.INFO
UNREAD = f"{NOT_READ}, as c.openapi.json shows"
SAME = "without it the plugin's outcome is the same (ablation)"


def known(folder: Path, *parts: Json) -> Reads:
    """The reads of a contract of `GET /a`; `POST /b` is called too, and nothing of its answers is read."""
    said: Json = {}
    for part in parts:
        said |= part
    return contract_reads(contract(folder, {"GET /a": said, "POST /b": reads()}))


def one(each: Change, folder: Path, *parts: Json) -> Change:
    [result] = judged([each], known(folder, *parts))
    return result


def told(result: Change, folder: Path) -> tuple[Level, str, str]:
    return result.level, result.reason.replace(f"{folder}/", ""), result.question


def where(text: str, *places: str) -> Json:
    return {"x-backfit-reads": [{"place": place, "ops": {"read": 1}, "where": [text]} for place in places]}


@pytest.mark.parametrize(
    ("path", "parts", "level", "reason", "question"),
    [
        # read by name
        ("$.a", [reads("$.a")], BREAK, "the plugin reads $.a", ""),
        ("$.a", [where("/lib/chart.js:12:5", "$.a[*].b")], BREAK, "the plugin reads $.a[*].b (chart.js:12)", ""),
        ("$.a", [where("<anonymous>", "$.a")], BREAK, "the plugin reads $.a (<anonymous>)", ""),
        ("header x", [reads("header x")], BREAK, "the plugin reads header x", ""),
        ("status", [reads("status")], BREAK, "the plugin reads status", ""),
        # needed, as ablation found
        ("$.a", [reads("$.a"), needs(removed="$.a=needed")], BREAK,
         "the plugin reads $.a, and its outcome changes without it (ablation)", ""),
        ("$.a", [reads(copied="$.a"), needs(removed="$.a=needed")], BREAK,
         "the plugin needs $.a: without it, or with another value, its outcome changes (ablation)", ""),
        ("$.a", [reads(copied="$.a"), needs(removed="$.a=tolerated", retyped="$.a=needed")], BREAK,
         "the plugin needs $.a: without it, or with another value, its outcome changes (ablation)", ""),
        ("$.a", [reads("$.a"), needs(removed="$.a=tolerated")], BREAK, "the plugin reads $.a", ""),
        # taken along with what holds it
        ("$.a", [reads(copied="$.a")], RISK, "$.a is taken along in a copy", "does the plugin use $.a there?"),
        ("$.a", [reads(serialised="$.a")], RISK, "$.a is written out with what holds it", "does the plugin use $.a there?"),
        ("$.a", [reads(enumerated="$.a")], RISK, "$.a is met in a loop over what holds it", "does the plugin use $.a there?"),
        ("$.a", [reads(copied="$.a"), needs(removed="$.a=tolerated")], RISK, f"$.a is taken along in a copy; {SAME}", ""),
        ("$.a.b", [reads(copied="$.a.b"), needs(removed="$.a=tolerated")], RISK, f"$.a.b is taken along in a copy; {SAME}", ""),
        ("$.a", [reads(copied="$.a"), needs(removed="$.a=unobserved")], RISK, "$.a is taken along in a copy",
         "does the plugin use $.a there?"),
        ("$.a", [reads(copied="$.a"), needs(null="$.a=tolerated")], RISK, "$.a is taken along in a copy",
         "does the plugin use $.a there?"),
        ("$.a.b", [reads(exported="$.a")], RISK, "$.a, which holds it, is handed on where nobody can look",
         "does the plugin look at it in $.a?"),
        ("$.a.b", [reads("$.a.c", exported="$.a")], RISK, "$.a, which holds it, is handed on where nobody can look",
         "does the plugin look at it in $.a?"),
        ("$.a.b", [reads("$.a.c", copied="$.a")], INFO, UNREAD, ""),  # the copy was looked into
        ("$.a.b", [reads(copied="$.a.b"), needs(removed="$.a=tolerated", null="$.a=needed")], RISK,
         "$.a.b is taken along in a copy", "does the plugin use $.a.b there?"),
        # asked for, and done without
        ("$.a", [reads(missing="$.a")], RISK, "the plugin looks for it, and does without", ""),
        ("$.a", [reads(tested="$.a")], RISK, "the plugin asks whether it is there, and does without", ""),
        # the worst of several places decides
        ("$.a", [reads("$.a.x", copied="$.a.y")], BREAK, "the plugin reads $.a.x", ""),
        # not read
        ("$.a", [reads("$.b")], INFO, UNREAD, ""),
        ("$.a.b", [reads("$.a", "$.a.c")], INFO, UNREAD, ""),
        ("$.a.b", [reads("$.a")], INFO, UNREAD, ""),  # who looks into it would have been seen
        ("$.a", [reads("$.b"), needs(removed="$.a=tolerated")], INFO, f"{UNREAD}; {SAME}", ""),
        ("$", [reads("status")], RISK, UNREAD, ""),  # text is read in ways that nobody sees
        ("$.a", [reads()], RISK, UNREAD, ""),
        ("$.a", [reads(), needs(removed="$.b=tolerated")], RISK, UNREAD, ""),
        ("header x", [reads("$.a")], RISK, f"{UNREAD}; what carries the answer may read it", ""),
        ("status", [reads("$.a")], RISK, f"{UNREAD}; what carries the answer may read it", ""),
    ],
)  # fmt: skip
def test__judged__where_reads_were_watched__says_what_hangs_on_a_place(
    tmp_path: Path, path: str, parts: list[Json], level: Level, reason: str, question: str
) -> None:
    assert told(one(change(path), tmp_path, *parts), tmp_path) == (level, reason, question)


@pytest.mark.parametrize(
    ("path", "parts", "level"),
    [
        ("$.a", [], BREAK),
        ("header x", [], BREAK),
        ("status", [], BREAK),
        ("$.a", [needs(removed="$.a=needed")], BREAK),
        ("$.a", [needs(removed="$.a=tolerated")], RISK),
        ("$.a.b", [needs(removed="$.a=tolerated")], RISK),
        ("$.a", [needs(removed="$.a.b=tolerated")], BREAK),
        ("$.a", [needs(removed="$.a=unobserved")], BREAK),
    ],
)
def test__judged__where_nobody_watched__counts_as_read_what_ablation_did_not_clear(
    tmp_path: Path, path: str, parts: list[Json], level: Level
) -> None:
    result = one(change(path), tmp_path, *parts)
    assert (result.level, result.reason == SAME) == (level, level is RISK)


def test__judged__an_operation_that_the_plugin_does_not_call__is_a_risk_with_its_question(tmp_path: Path) -> None:
    result = one(change("$.a", "GET /other"), tmp_path, reads("$.a"))
    assert (result.level, result.question) == (RISK, "what does the plugin read of GET /other?")


@pytest.mark.parametrize(("path", "level"), [("$.message", BREAK), ("$.code", INFO)])
def test__judged__errors__are_among_the_answers_that_were_watched(tmp_path: Path, path: str, level: Level) -> None:
    assert one(change(path, "errors"), tmp_path, reads("$.message")).level is level


def test__judged__calls_that_fail_now__are_read_by_who_reads_their_answers(tmp_path: Path) -> None:
    gone = change("status", kind="response-success-status-removed", old=200, new=404)
    assert one(gone, tmp_path, reads("$.a")).level is BREAK
    assert one(gone, tmp_path, reads(copied="$.a")).level is RISK
    assert one(gone, tmp_path, reads()).level is RISK


@pytest.mark.parametrize(
    ("old", "new", "level"), [(200, 201, RISK), (404, 403, BREAK), (200, 302, BREAK), (200, 404, BREAK)]
)
def test__judged__another_code_of_success__is_a_risk_for_who_looks_at_the_status(
    tmp_path: Path, old: int, new: int, level: Level
) -> None:
    result = one(change("status", kind="response-status-changed", old=old, new=new), tmp_path, reads("status", "$.a"))
    assert result.level is level
    assert bool(result.question) is (level is RISK)


@pytest.mark.parametrize("name", ["__proto__", "</script>", "a\nb", "x'y\"z"])
def test__judged__hostile_names__are_names(tmp_path: Path, name: str) -> None:
    place = format_path((name,))
    result = one(change(place), tmp_path, reads(place))
    assert result.level is BREAK
    assert "\n" not in result.reason
