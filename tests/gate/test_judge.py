from __future__ import annotations

import pytest

from harness.gate.judge import judged
from harness.model.change import Change, Level
from tests.changes.bodies import calls, exchange, recording
from tests.gate.rows import change, found, reads

BREAK, RISK, INFO = Level.BREAK, Level.RISK, Level.INFO
PEOPLE = [{"id": n, "name": name, "tags": [name]} for n, name in enumerate(("ann", "bob", "cid"), 1)]


def one(each: Change, **operations: str) -> Change:
    [result] = judged([each], reads(**operations))
    return result


@pytest.mark.parametrize(
    ("path", "places", "level", "reason"),
    [
        ("$.a", "$.a", BREAK, "the plugin reads $.a (reads.yaml)"),
        ("$.rows", "$.x, $.rows[*].a", BREAK, "the plugin reads $.rows[*].a (reads.yaml)"),
        ("$", "$.x", BREAK, "the plugin reads $.x (reads.yaml)"),
        ("$.a", "$.b", RISK, "not read by the plugin, as reads.yaml says"),
        ("$.a", "", RISK, "not read by the plugin, as reads.yaml says"),
        ("$", "header x", RISK, "not read by the plugin, as reads.yaml says"),
        ("$.a[*].b", "$.a", RISK, "the plugin reads $.a as a whole (reads.yaml)"),
        ("header x", "header X", BREAK, "the plugin reads header x (reads.yaml)"),
        ("header x", "$.a", RISK, "reads.yaml says nothing of the header x"),
        ("status", "status", BREAK, "the plugin reads status (reads.yaml)"),
        ("status 404", "status", BREAK, "the plugin reads status (reads.yaml)"),
        ("status", "$.a", RISK, "reads.yaml says nothing of the status"),
    ],
)
def test__judged__a_break__stands_where_the_plugin_reads(path: str, places: str, level: Level, reason: str) -> None:
    result = one(change(path), GET_a=places)
    assert (result.level, result.reason) == (level, reason)


@pytest.mark.parametrize(
    ("path", "operation", "places", "question"),
    [
        ("$.a[*].b", "GET /a", "$.a", "does the plugin look at $.a[*].b inside $.a?"),
        ("header x", "GET /a", "$.a", "does the plugin read the header x of GET /a?"),
        ("status", "GET /a", "$.a", "does the plugin read the status of GET /a?"),
        ("$.a", "GET /b", "$.a", "what does the plugin read of GET /b?"),
        ("$.a", "errors", "$.a", "what does the plugin read of errors?"),
        ("$.a", "GET /a", "$.a", ""),
        ("$.a", "GET /a", "$.b", ""),
    ],
)
def test__judged__what_the_reads_do_not_decide__asks(path: str, operation: str, places: str, question: str) -> None:
    result = one(change(path, operation), GET_a=places)
    assert result.question == question
    assert (result.level is RISK) == (question != "" or places == "$.b")


@pytest.mark.parametrize(
    ("kind", "old", "new", "places", "level"),
    [
        ("response-success-status-removed", 200, 404, "$.a", BREAK),
        ("response-success-status-removed", None, None, "$.a", BREAK),
        ("response-success-status-removed", 200, 404, "", RISK),
        ("response-status-changed", 200, 302, "$.a", BREAK),
        ("response-status-changed", 200, 201, "$.a", RISK),
        ("response-status-changed", 404, 403, "$.a", RISK),
    ],
)
def test__judged__an_answer_that_comes_no_more__is_read_by_who_reads_its_body(
    kind: str, old: int | None, new: int | None, places: str, level: Level
) -> None:
    assert one(change("status", kind=kind, old=old, new=new), GET_a=places).level is level


@pytest.mark.parametrize(
    "kind", ["response-list-elements-changed", "response-list-emptied", "response-page-size-changed"]
)
def test__judged__a_list_that_lost_elements__is_read_by_who_reads_the_list(kind: str) -> None:
    assert one(change("$.a[*]", kind=kind), GET_a="$.a").level is BREAK


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("request-path-moved", "$"),
        ("api-removed", "status"),
        ("new-required-request-parameter", "query page"),
        ("response-side-effect-missing", "status"),
    ],
)
def test__judged__what_is_about_the_call__is_left_as_it_is(kind: str, path: str) -> None:
    each = change(path, kind=kind)
    assert one(each, GET_a="") == each
    assert one(each, GET_b="$.x") == each


@pytest.mark.parametrize("path", ["$.a", "header x", "$.b"])
def test__judged__what_harms_nobody__is_left_as_it_is(path: str) -> None:
    each = change(path, level=INFO)
    assert one(each, GET_a="$.a") == each


@pytest.mark.parametrize("path", ["$.a", "$.b"])
def test__judged__a_risk__stays_one_and_says_both_reasons(path: str) -> None:
    result = one(change(path, level=RISK), GET_a="$.a")
    assert result.level is RISK
    assert result.reason.endswith("; why")


def test__judged__without_reads__is_as_it_was() -> None:
    each = change("$.a")
    assert judged([each], None) == [each]


def test__judged__real_findings__break_only_what_is_read() -> None:
    new = [{"id": str(each["id"]), "full_name": each["name"], "tags": each["tags"]} for each in PEOPLE]
    rows = found(calls("/a/{}", *PEOPLE), calls("/a/{}", *new))
    assert {row.path for row in rows} == {"$.id", "$.name"}
    results = {row.path: row for row in judged(rows, reads(**{"GET /a/{id}": "$.name, $.tags[*]"}))}
    assert (results["$.name"].level, results["$.id"].level) == (BREAK, RISK)
    assert results["$.name"].reason == "the plugin reads $.name (reads.yaml)"


def test__judged__a_header_of_every_answer__is_read_where_one_operation_reads_it() -> None:
    old = recording(*(exchange(f"/{name}", {}, headers={"X-Rate": "9"}) for name in ("a", "b", "c")))
    new = recording(*(exchange(f"/{name}", {}, headers={}) for name in ("a", "b", "c")))
    [row] = found(old, new)
    assert row.operation == "every answer"
    assert one(row, GET_b="header x-rate").level is BREAK
    assert one(row, GET_b="$.x").question == "does the plugin read the header x-rate of every answer?"
