from __future__ import annotations

from dataclasses import replace

import pytest

from harness.changes.evidence import call_of, gather, moved_template, read_body
from harness.changes.pairing import Paired, pair
from harness.lens.answer import ABSENT
from harness.model.body import MISSING, Form
from harness.model.exchange import Request, Response
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.template import PathTemplate
from harness.schema.operations import learn_operations
from tests.changes.bodies import calls, exchange


def request(line: str) -> Request:
    return exchange(line).request


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b"  [1]\n", [1]),
        (b"null", None),
        (b"18446744073709551617", 18446744073709551617),
        (b"", ABSENT),
        (b"  ", ABSENT),
        (b"<html>", ABSENT),
        (b"up", ABSENT),
        (b'{"a": 1', ABSENT),
        (b"\xff\xfe", ABSENT),
        (b"[" * 100_000, ABSENT),
    ],
)
def test__read_body__of_a_response__is_its_json_or_absent(body: bytes, expected: Json) -> None:
    found = read_body(Response(200, (("Content-Type", "text/plain"),), body))
    assert found is ABSENT if expected is ABSENT else found == expected


def test__read_body__twice__gives_values_that_share_nothing() -> None:
    response = Response(200, (), b'{"a": []}')
    read_body(response)["a"].append(1)
    assert read_body(response) == {"a": []}


def test__call_of__a_request__has_its_variables_and_the_first_of_each_parameter() -> None:
    call = call_of(request("POST /shops/a%20b/items?page=1&page=2&q="), PathTemplate("/shops/{shop}/items"))
    assert (call.method, call.path) == ("POST", "/shops/a b/items")
    assert call.variables == {"shop": "a b"}
    assert call.query == {"page": "1", "q": ""}


@pytest.mark.parametrize(
    ("template", "old", "new", "expected"),
    [
        ("/a/{id}", "/a/7", "/a/7", ""),
        ("/a", "/a", "POST /a", "POST /a"),
        ("/api/3/cpu/{id}", "/api/3/cpu/7", "/api/4/cpu/7", "GET /api/4/cpu/{id}"),
        ("/shops/{shop}/items/{id}", "/shops/ada/items/7", "/v2/items/7/of/ada", "GET /v2/items/{id}/of/{shop}"),
        ("/tables/{name}.json", "/tables/bikes.json", "/db/bikes.json", "GET /db/{name}.json"),
        ("/a/{id}", "/a/x%20y", "/b/x%20y", "GET /b/{id}"),
        ("/a/{id}", "/a/7", "/b/8", "GET /b/{id}"),  # each version makes ids of its own
        (
            "/v1/c/{id}/get",
            "GET /v1/c/0b7cbd4e-1c2d-4e5f-8a9b-000000000001/get",
            "GET /v2/t/main/c/0b7cbd4e-1c2d-4e5f-8a9b-000000000009/get",
            "GET /v2/t/main/c/{id}/get",
        ),
        ("/c/{id}", "GET /c/11", "GET /c/12", ""),
        ("/c/{id}", "GET /c/11", "GET /c/all", "GET /c/all"),
        ("/c/{id}", "GET /c/eve", "GET /c/12", "GET /c/12"),
        ("/a", "/a", "/b", "GET /b"),
        ("/a/{id}", "/a/ab", "/b/ab.json", "GET /b/{id}.json"),
        ("/a/{id}", "/a/7", "/b/7.json", "GET /b/{id}.json"),
        ("/a/{id}.json", "/a/7.json", "/b/7.json", "GET /b/{id}.json"),
        ("/a/{id}.json", "/a/7.json", "/b/8.json", "GET /b/{id}.json"),
        ("/a/{id}", "/a/7", "/b/8.json", "GET /b/{id}.json"),
        ("/a/{id}", "/a/1", "/api/1.0/1", "GET /api/1.0/{id}"),  # one character may stand in a version
        ("/a/{id}", "/a/7.json", "/b/8.json", "GET /b/{id}"),  # the variable holds the suffix
        ("/a/{p}/{q}", "/a/ab/ab.cd", "/b/ab.cd.json/ab", "GET /b/{q}.json/{p}"),  # the longest value goes first
        ("/a/{id}", "/a/ab", "/b/ab.1.json", "GET /b/{id}.1.json"),
        ("/a/{id}", "/a/12.5", "/a/12.5/12.5.json", "GET /a/{id}/{id}.json"),
        ("/c/{id}/v/12", "/c/7/v/12", "/d/8/v/12", "GET /d/{id}/v/12"),  # an id that OLD's path has is no variable
        ("/c/{id}/{of}", "/c/7/abc", "/d/abc/7", "GET /d/{of}/{id}"),
    ],
)
def test__moved_template__of_two_paths__is_in_old_variables(template: str, old: str, new: str, expected: str) -> None:
    assert moved_template(PathTemplate(template), request(old), request(new)) == expected


def test__gather__pairs__are_sorted_by_operation_and_by_where_new_serves_them() -> None:
    old = calls("/boats/{}", {"n": 1}, {"n": 2}, {"n": 3})
    operations = learn_operations(old.exchanges)
    moved = exchange("/v2/boats/3", {"n": 3})
    news = [exchange("/boats/1", {"n": 1}), exchange("/boats/2", {"n": 2}), moved]
    found = gather(map(Paired, old.exchanges, news), operations.of)
    assert [(str(each.operation), each.forward, len(each.cases)) for each in found] == [
        ("GET /boats/{boat_id}", "", 2),
        ("GET /boats/{boat_id}", "GET /v2/boats/{boat_id}", 1),
    ]
    assert [case.number for each in found for case in each.cases] == [0, 1, 2]
    assert [case.forward for each in found for case in each.cases] == ["", "", "GET /v2/boats/{boat_id}"]


def test__gather__a_call_without_an_answer__is_left_out() -> None:
    old = calls("/a", {}, {})
    new = replace(old, exchanges=(replace(old.exchanges[0], response=None), old.exchanges[1]))
    [found] = gather(pair(old, new).pairs, lambda asked: Operation("GET", "/a"))
    assert [case.number for case in found.cases] == [1]


def test__answer__of_a_case__may_be_edited_freely() -> None:
    [found] = gather(pair(calls("/a", {"n": []}), calls("/a", {"n": []})).pairs, lambda asked: Operation("GET", "/a"))
    [case] = found.cases
    edited = case.answer()
    edited.body["n"].append(1)
    edited.headers.clear()
    assert edited.received == case.new_body == {"n": []}
    assert case.answer().body == {"n": []}
    assert case.answer().header("content-type") == "application/json"


@pytest.mark.parametrize(
    ("note", "forms", "body"), [(MISSING, (Form.EMPTY, Form.EMPTY), ABSENT), ("cut", (Form.JSON, Form.JSON), {"n": 1})]
)
def test__gather__a_note_of_the_recording__is_a_remark(note: str, forms: tuple[Form, Form], body: Json) -> None:
    asked = exchange("/a", {"n": 1})
    [found] = gather([Paired(asked, replace(asked, meta={"note": note}))], lambda asked: Operation("GET", "/a"))
    [case] = found.cases
    assert case.remarks == (note,)
    assert (case.old_form, case.new_form) == forms
    assert case.old_body is case.new_body is ABSENT if body is ABSENT else case.old_body == case.new_body == body


def test__gather__bodies_in_two_forms__have_no_value_of_olds() -> None:
    lines = exchange("/a", text='{"n": 1}\n', headers={"Content-Type": "application/x-ndjson"})
    [found] = gather([Paired(lines, exchange("/a", {"n": 1}))], lambda asked: Operation("GET", "/a"))
    assert (found.cases[0].old_body is ABSENT, found.cases[0].new_body) == (True, {"n": 1})
