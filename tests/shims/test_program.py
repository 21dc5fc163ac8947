from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.lens.condition import Condition
from harness.model.exchange import Request, Response
from harness.model.json_text import parse
from harness.shims.document import Entry
from harness.shims.program import read_json
from tests.shims.answers import JSON, answer, call, entry, learned, program

DROP_X = {"drop": {"keys": ["x"]}}
RENAME = {"rename": {"from": "b", "to": "a"}}
GRAPHQL = b'{"operationName": "Cart", "query": "query Cart { id }"}'


@pytest.mark.parametrize(
    ("match", "more", "asked", "known"),
    [
        ("GET /a/{id}", {}, "GET /a/7", True),
        ("GET /a/{id}", {}, "GET /a/7?x=1", True),
        ("GET /a/{id}", {}, "POST /a/7", False),
        ("GET /a/{id}", {}, "GET /a/7/b", False),
        ("GET /a/{id}", {"forward": "GET /v2/a/{id}"}, "GET /v2/a/7", True),
        ("GET /a/{id}", {"forward": "GET /v2/a/{id}"}, "GET /a/7", True),
        ("GET /a/{id}", {"forward": "POST /v2/a/{id}"}, "GET /v2/a/7", False),
        ("GET /a/{id}", {"forward": "GET /all"}, "GET /all", True),
        ("GET /a", {"when": Condition(status="4xx")}, "GET /a", False),
        ("GET /a", {"when": Condition(query=(("q", True),))}, "GET /a?q=", True),
        ("GET /a", {"when": Condition(query=(("q", True),))}, "GET /a", False),
        ("GET /a", {"discriminator": "Cart"}, "GET /a", False),
    ],
)
def test__answer__by_own_or_forwarded_request__knows_the_call(
    match: str, more: dict[str, object], asked: str, known: bool
) -> None:
    applied = program(entry(match, DROP_X, **more)).answer(call(asked), answer({"x": 1, "y": 2}))
    assert (applied.known, applied.edits > 0) == (known, known)


def test__answer__by_discriminator__knows_only_its_operation() -> None:
    shim = program(entry("POST /graphql", DROP_X, discriminator="Cart"))
    assert shim.reads_requests
    assert shim.answer(call("POST /graphql", GRAPHQL), answer({"x": 1})).known
    assert not shim.answer(call("POST /graphql", GRAPHQL.replace(b"Cart", b"User")), answer({"x": 1})).known


def test__answer__several_entries__the_most_specific_wins() -> None:
    shim = program(entry("GET /{table}", {"drop": {"keys": ["y"]}}), entry("GET /users", DROP_X))
    assert shim.answer(call("GET /users"), answer({"x": 1, "y": 2})).response.body == b'{"y":2}'
    assert shim.answer(call("GET /other"), answer({"x": 1, "y": 2})).response.body == b'{"x":1}'


@pytest.mark.parametrize("body", [b'{ "x" : 1.50 }', b"not json", b"", b"<p>", b"\xff\xfe", b"[" * 5000, b'{"a":NaN}'])
def test__answer__that_no_step_fits__is_the_very_same(body: bytes) -> None:
    response = Response(200, (JSON, ("Content-Length", "0")), body, "OK")
    assert program(entry("GET /a", RENAME)).answer(call("GET /a"), response).response is response


def test__answer__headers_edited_alone__leaves_the_bytes_of_the_body() -> None:
    response = Response(200, (JSON, ("Content-Length", "14")), b'{ "x" : 1.50 }', "OK")
    shim = program(everywhere=[{"set-header": {"header": "vary", "value": "Origin"}}])
    edited = shim.answer(call("GET /a"), response).response
    assert edited == Response(200, (*response.headers, ("vary", "Origin")), response.body, "OK")


def test__answer__body_edited__keeps_other_headers_and_says_the_new_length() -> None:
    response = answer({"x": "é", "y": 1}, ("Set-Cookie", "a=1"), ("CONTENT-LENGTH", "99"), ("Set-Cookie", "b=2"))
    edited = program(entry("GET /a", DROP_X)).answer(call("GET /a"), response).response
    assert edited.body == b'{"y":1}'
    assert edited.headers == (JSON, ("Set-Cookie", "a=1"), ("CONTENT-LENGTH", "7"), ("Set-Cookie", "b=2"))


def test__answer__no_length_said__says_none() -> None:
    assert program(entry("GET /a", DROP_X)).answer(call("GET /a"), answer({"x": 1})).response.headers == (JSON,)


def test__answer__status_edited__has_the_reason_of_the_new_status() -> None:
    shim = program(entry("GET /a", {"status": {"from": 200, "to": 404}}))
    edited = shim.answer(call("GET /a"), answer({})).response
    assert (edited.status, edited.reason, edited.body) == (404, "Not Found", b"{}")


@pytest.mark.parametrize(
    ("open_", "asked", "body"), [(False, "/a", b'{"x":1}'), (True, "/a", b"{}"), (False, "/else", b"{}")]
)
def test__otherwise__for_unknown_calls_and_open_entries__is_applied(open_: bool, asked: str, body: bytes) -> None:
    shim = program(entry("GET /a", RENAME, otherwise=open_), otherwise=[DROP_X])
    assert shim.answer(call(f"GET {asked}"), answer({"x": 1})).response.body == body


def test__received__names_that_a_step_dropped__are_still_read() -> None:
    steps = [{"drop": {"keys": ["names"]}}, {"names": {"at": "$.rows[*]", "from": "received($.names)"}}]
    edited = program(entry("GET /a", *steps)).answer(call("GET /a"), answer({"names": ["id"], "rows": [[7]]}))
    assert json.loads(edited.response.body) == {"rows": [{"id": 7}]}


def test__received__after_its_source_was_dropped__still_has_it() -> None:
    steps = [{"values": {"at": "$.rows[*]"}}, {"copy": {"from": "keys(received($.rows[0]))", "to": "columns"}}]
    edited = program(entry("GET /a", *steps)).answer(call("GET /a"), answer({"rows": [{"id": 1, "n": 2}]}))
    assert json.loads(edited.response.body) == {"rows": [[1, 2]], "columns": ["id", "n"]}


@pytest.mark.parametrize(
    ("entries", "asked", "moved"),
    [
        (["GET /a/{id} > GET /v2/{id}/a"], "GET /a/7%2F8?q=%20", "GET /v2/7%2F8/a?q=%20"),
        (["GET /a > POST /b"], "GET /a", "POST /b"),
        (["GET /a > GET /b"], "POST /a", "POST /a"),
        (["GET /a > GET /b"], "GET /c", "GET /c"),
        (["GET /{t} > GET /v2/{t}", "GET /users"], "GET /users", "GET /users"),
        (["GET /{t} > GET /v2/{t}", "GET /users"], "GET /rows", "GET /v2/rows"),
        (["GET /a > GET /b", "GET /a"], "GET /a", "GET /b"),
        (["GET /a > GET /b c"], "GET /a", "GET /b%20c"),
    ],
)
def test__forward__of_a_call__goes_where_new_serves_it(entries: list[str], asked: str, moved: str) -> None:
    made = [entry(match, forward=to) for match, _, to in (text.partition(" > ") for text in entries)]
    forwarded = program(*made).forward(call(asked, b"body"))
    assert forwarded == call(moved, b"body")


@pytest.mark.parametrize(
    ("asked", "moved"), [("/shop?sql=x", "/query?sql=x"), ("/shop", "/shop"), ("/b?sql=x", "/b?sql=x")]
)
def test__forward__with_a_condition__moves_those_calls_only(asked: str, moved: str) -> None:
    narrow = Entry("GET", "/shop", when=Condition(status="2xx", query=(("sql", True),)), forward="GET /query")
    assert program(narrow, Entry("GET", "/shop")).forward(call(f"GET {asked}")) == call(f"GET {moved}")


@pytest.mark.parametrize(("steps", "general", "known"), [([DROP_X], [], True), ([], [DROP_X], False), ([], [], False)])
def test__knows__a_call__where_an_entry_has_steps(steps: list[object], general: list[object], known: bool) -> None:
    shim = program(entry("GET /a", *steps), otherwise=general)
    assert (shim.knows(call("GET /a")), shim.knows_any) == (known, bool(general))
    assert not shim.knows(call("GET /b"))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abxy") | st.text(), inner, max_size=4),
    max_leaves=12,
)
STEPS = [
    DROP_X,
    RENAME,
    {"values": {"at": "$.a"}},
    {"copy": {"from": "$.b", "to": "a"}},
    {"unwrap": {"key": "a"}},
    {"set-header": {"header": "h", "from": "$.a"}},
]


@given(values, st.sampled_from([200, 404, 500]))
def test__answer__whatever_json_comes__never_raises_and_stays_json(value: object, status: int) -> None:
    response = Response(status, (JSON,), json.dumps(value).encode())
    edited = program(entry("GET /a", *STEPS)).answer(call("GET /a"), response).response
    json.loads(edited.body)
    assert all("\n" not in text and "\r" not in text for pair in edited.headers for text in pair)


def test__read_json__of_a_body__is_a_value_or_absent() -> None:
    assert read_json(Response(200, (), b" [1] ")) == [1]
    assert not read_json(Response(200, (), b"  "))
    assert not read_json(Response(200, (), b"<html>"))


PAGED = entry(
    "GET /posts",
    {"unwrap": {"key": "data"}},
    {"default": {"at": "$[*]", "key": "first", "value": True, "when": {"query": {"_start": "0"}}}},
    forward="GET /v2/posts",
    request=learned(
        {"page": {"at": "$.query", "start": "_start", "end": "_end", "page": "_page", "size": "_per_page"}},
        {"rename": {"at": "$.query", "from": "q", "to": "search"}},
    ),
)


def test__forward__with_request_steps__is_the_call_in_news_form() -> None:
    moved = program(PAGED).forward(call("GET /posts?_start=20&_end=30&q=a%20b&x=%7e"))
    assert moved.url == "http://system.test/v2/posts?_page=3&_per_page=10&search=a%20b&x=%7e"


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ("GET /v2/posts?_page=3&_per_page=10&search=x", "GET /posts?_start=20&_end=30&q=x"),
        ("GET /posts?_start=20&_end=30&q=x", "GET /posts?_start=20&_end=30&q=x"),
        ("GET /v2/other?_page=3", "GET /v2/other?_page=3"),
        ("POST /v2/posts?_page=3", "POST /v2/posts?_page=3"),
    ],
)
def test__as_asked__of_a_request_that_new_got__is_the_plugins_call(sent: str, asked: str) -> None:
    assert program(PAGED).as_asked(call(sent)) == call(asked)


def test__answer__of_a_rewritten_call__is_judged_by_what_the_plugin_asked() -> None:
    ready = program(PAGED)
    asked = ready.as_asked(call("GET /v2/posts?_page=1&_per_page=2"))
    given_ = ready.answer(asked, answer({"data": [{"id": 1}], "items": 1}))
    assert given_.response.body == b'[{"id":1,"first":true}]'


def test__forward__a_body__is_edited_with_its_length() -> None:
    renamed = entry("PUT /a/{id}", request=learned({"rename": {"at": "$.body", "from": "title", "to": "name"}}))
    sent = Request("PUT", "http://system.test/a/1", (JSON, ("Content-Length", "13")), b'{"title": "x"}')
    ready = program(renamed)
    assert ready.reads_requests
    moved = ready.forward(sent)
    assert (moved.body, moved.headers[1]) == (b'{"name":"x"}', ("Content-Length", "12"))
    assert ready.as_asked(moved).body == b'{"title":"x"}'


def test__steps__on_one_list__are_done_together_and_traced_one_by_one() -> None:
    renamed = {"rename": {"at": "$[*]", "from": "a", "to": "b"}}, {"drop": {"at": "$[*]", "keys": ["c"]}}
    ready = program(entry("GET /posts", *renamed), everywhere=[{"default": {"at": "$[*]", "key": "d", "value": 1}}])
    rows = answer([{"a": 1, "c": 2}, {"c": 3}] * 40)
    for _ in range(2):  # the second time with a plan
        applied = ready.answer(call("GET /posts"), rows)
        assert parse(applied.response.body) == [{"b": 1, "d": 1}, {"d": 1}] * 40
        assert applied.edits == 40 + 80 + 80
    traced = ready.trace(call("GET /posts"), rows)
    assert [(each.step.name, edits) for each, edits in traced] == [("rename", 40), ("drop", 80), ("default", 80)]


def test__trace__of_an_answer__counts_what_each_step_changed() -> None:
    ready = program(PAGED)
    traced = ready.trace(call("GET /posts?_start=0"), answer({"data": [{"id": 1}, {"id": 2}]}))
    assert [(each.step.name, edits) for each, edits in traced] == [("unwrap", 1), ("default", 2)]
