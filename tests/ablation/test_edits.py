from __future__ import annotations

import pytest

from harness.ablation.edits import AnswerEdits, Edit, How, by_operation, retyped
from harness.model.exchange import Response
from harness.model.json_text import parse, serialize
from harness.model.operation import Operation

ROWS = Operation("GET", "/rows")
JSON = (("Content-Type", "application/json"), ("X-Total-Count", "2"))


def edited(
    body: bytes, *edits: tuple[str, str], status: int = 200, headers: tuple[tuple[str, str], ...] = JSON
) -> Response:
    return (
        AnswerEdits(Edit(ROWS, place, How(how)) for place, how in edits).apply(Response(status, headers, body)).response
    )


def met(body: bytes, *edits: tuple[str, str], status: int = 200) -> set[str]:
    applied = AnswerEdits(Edit(ROWS, place, How(how)) for place, how in edits).apply(Response(status, JSON, body))
    return {edit.place for edit in applied.met}


@pytest.mark.parametrize(
    ("body", "place", "how", "expected"),
    [
        (b'{"a":1,"b":2}', "$.a", "removed", b'{"b":2}'),
        (b'{"a":1,"b":2}', "$.a", "null", b'{"a":null,"b":2}'),
        (b'{"a":{"b":[1]}}', "$.a.b", "retyped", b'{"a":{"b":{"items":[1]}}}'),
        (b'{"rows":[{"id":1,"x":2},{"id":2},{"y":3}]}', "$.rows[*].id", "removed", b'{"rows":[{"x":2},{},{"y":3}]}'),
        (b'{"rows":[{"id":1},2]}', "$.rows[*]", "removed", b'{"rows":[]}'),
        (b'{"rows":[{"id":1},2]}', "$.rows[*]", "null", b'{"rows":[null,null]}'),
        (b'{"users":{"17":{"n":1},"18":{"n":2}}}', "$.users.*.n", "removed", b'{"users":{"17":{},"18":{}}}'),
        (b'{"users":{"17":1}}', "$.users.*", "removed", b'{"users":{}}'),
        (b"[[1,2,3],[4]]", "$[*][1]", "removed", b"[[1,3],[4]]"),
        (b"[1]", "$", "removed", b""),
        (b"[1]", "$", "null", b"null"),
        (b'{"a b":1,"__proto__":{"x":1}}', '$["a b"]', "removed", b'{"__proto__":{"x":1}}'),
    ],
)
def test__apply__one_edit__changes_its_place_alone(body: bytes, place: str, how: str, expected: bytes) -> None:
    assert edited(body, (place, how)).body == expected


@pytest.mark.parametrize(
    ("body", "place", "how"),
    [
        (b'{ "a" : 1.10 }', "$.b", "removed"),
        (b'{"a": {"b": 1}}', "$.a[*]", "removed"),
        (b'{"a": null}', "$.a", "null"),
        (b'{"a": null}', "$.a", "retyped"),
        (b'{"a": 1', "$.a", "removed"),
        (b"<a>1</a>", "$.a", "removed"),
        (b"", "$", "removed"),
        (b'{"a": 1}', "header x-other", "removed"),
        (b'{"a": 1}\n{"a": 2}', "$[*].a", "removed"),
    ],
)
def test__apply__nothing_to_edit__gives_the_very_same_answer(body: bytes, place: str, how: str) -> None:
    headers = JSON if not body.endswith(b"2}") else (("Content-Type", "application/x-ndjson"),)
    response = Response(200, headers, body)
    applied = AnswerEdits([Edit(ROWS, place, How(how))]).apply(response)
    assert applied.response is response
    assert applied.met == frozenset()


def test__apply__several_edits__meet_in_one_pass_and_indices_do_not_shift() -> None:
    body = b'{"a":[10,11,12],"b":{"c":1,"d":2}}'
    edits = (("$.a[0]", "removed"), ("$.a[1]", "null"), ("$.b.c", "removed"), ("$.b.x", "removed"))
    assert edited(body, *edits).body == b'{"a":[null,12],"b":{"d":2}}'
    assert met(body, *edits) == {"$.a[0]", "$.a[1]", "$.b.c"}


def test__apply__an_edit_inside_another__is_not_met() -> None:
    assert met(b'{"a":{"b":1}}', ("$.a", "removed"), ("$.a.b", "removed")) == {"$.a"}


def test__apply__numbers_elsewhere__keep_their_text() -> None:
    body = b'{"x":0,"big":12345678901234567890,"exact":1.00000000000000001,"e":1E400,"f":1.0}'
    expected = b'{"big":12345678901234567890,"exact":1.00000000000000001,"e":1E400,"f":1.0}'
    assert edited(body, ("$.x", "removed")).body == expected


def test__apply__another_charset__is_written_in_it() -> None:
    headers = (("Content-Type", "application/json; charset=iso-8859-1"),)
    assert edited('{"a":1,"b":"é"}'.encode("latin-1"), ("$.a", "removed"), headers=headers).body == b'{"b":"\\u00e9"}'


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, 203),
        (201, 200),
        (204, 200),
        (301, 301),
        (304, 304),
        (400, 422),
        (401, 403),
        (404, 410),
        (409, 400),
        (502, 500),
    ],
)
def test__apply__a_status__becomes_another_one_of_its_class(status: int, expected: int) -> None:
    assert edited(b"{}", ("status", "retyped"), status=status).status == expected
    assert met(b"{}", ("status", "retyped"), status=status) == ({"status"} if status != expected else set())


def test__apply__a_header__goes_in_any_letter_case_and_nothing_else_with_it() -> None:
    answer = edited(b'{ "a": 1 }', ("header x-total-count", "removed"))
    assert answer.headers == (("Content-Type", "application/json"),)
    assert answer.body == b'{ "a": 1 }'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"7", b'"7"'),
        (b"1.50", b'"1.5"'),
        (b"12345678901234567890.5", b'"12345678901234567890.5"'),
        (b"true", b'"true"'),
        (b'"7"', b"7"),
        (b'"0"', b"0"),
        (b'"-1.5"', b"-1.5"),
        (b'"007"', b'["007"]'),
        (b'"Infinity"', b'["Infinity"]'),
        (b'""', b'[""]'),
        (b'"a"', b'["a"]'),
        (b"[1]", b'{"items":[1]}'),
        (b'{"a":1,"b":2}', b"[1,2]"),
        (b"null", b"null"),
    ],
)
def test__retyped__each_type__becomes_what_upgrades_make_of_it(value: bytes, expected: bytes) -> None:
    assert serialize(retyped(parse(value))) == expected


def test__by_operation__edits_of_two_operations__are_kept_apart() -> None:
    other = Operation("POST", "/rows")
    compiled = by_operation([Edit(ROWS, "$.a", How.REMOVED), Edit(other, "$.b", How.REMOVED)])
    assert compiled[other].apply(Response(200, JSON, b'{"a":1,"b":2}')).response.body == b'{"a":1}'
