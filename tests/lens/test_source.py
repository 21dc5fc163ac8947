from __future__ import annotations

import pytest

from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.source import fetcher, keep_received, received_place
from harness.model.json_text import Json
from harness.model.paths import Path

ANSWER = Answer(
    200,
    [("X-Total", "12"), ("x-total", "13"), ("a)", "paren")],
    {"a": {"b": 1}, "list": [1, 2], "__proto__": None},
    Call(
        variables={"id": "7", "a b": "8"},
        query={"q": "", "x)": "9"},
        headers={"x-id": "5"},
        body={"name": ["a", "b"]},
        origin="http://a.example:80",
    ),
    received={"a": [1, 2, 3]},
    called={"count, all": Answer(200, [], 1), "count": Answer(200, [("X-Total", "3")], {"n": {"x": 4}})},
)
BESIDE = {"b": [{"y": 1, "x": 2}], "": "empty", "a.b": "dotted"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        *(
            ("@", BESIDE),
            ("@.b[0].x", 2),
            ("@.b[-1].x", 2),
            ('@[""]', "empty"),
            ('@["a.b"]', "dotted"),
            ("@.c", ABSENT),
        ),
        *(("$.a.b", 1), ("$.a.c", ABSENT), ("$.__proto__", None), ("$.constructor", ABSENT)),
        *(("received($.a)", [1, 2, 3]), ("received($.b)", ABSENT)),
        *(("header(X-TOTAL)", "12"), ("header(a))", "paren"), ("header(none)", ABSENT), ("header()", ABSENT)),
        *(
            ("path(id)", "7"),
            ("path(a b)", "8"),
            ("path(q)", ABSENT),
            ("query(q)", ""),
            ("query(x))", "9"),
            ("query(id)", ABSENT),
        ),
        *(
            ("keys(@.b[0])", ["y", "x"]),
            ("keys($.a)", ["b"]),
            ("keys(received($.a))", ABSENT),
            ("keys($.none)", ABSENT),
        ),
        *(
            ("sent($.name[1])", "b"),
            ("sent($)", {"name": ["a", "b"]}),
            ("sent($.none)", ABSENT),
            ("count(sent($.name))", 2),
        ),
        *(("request(X-Id)", "5"), ("request(x-id)", "5"), ("request(id)", ABSENT), ("origin()", "http://a.example:80")),
        *(("called(count, $.n.x)", 4), ("called(count, header(x-total))", "3"), ("called(count, keys($.n))", ["x"])),
        *(("called(count, $.none)", ABSENT), ("called(none, $)", ABSENT), ("called(count, origin())", ABSENT)),
        *(("count(received($.a))", 3), ("count($.list)", 2), ("count($.a)", ABSENT), ("count($.a.b)", ABSENT)),
    ],
)
def test__fetcher__of_a_source__gives_what_stands_there(source: str, expected: Json) -> None:
    assert fetcher(source)(BESIDE, ANSWER) == expected


@pytest.mark.parametrize(
    "source",
    [
        "",
        "a",
        "header",
        "header(",
        "cookie(a)",
        "keys(a)",
        "keys(header(a))",
        "count(keys($.a))",
        "received(a)",
        "$.a[*]",
        "@.*",
        "@a",
        "keys($.a) ",
        "eval($.a)",
        "origin(a)",
        "sent(a)",
        "sent($.*)",
        "called(count)",
        "called(count, a)",
        "called(a, called(b, $))",
    ],
)
def test__fetcher__of_no_source__is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"source|path|places"):
        fetcher(source)


def test__fetcher__of_the_names__gives_a_list_of_its_own() -> None:
    fetch = fetcher("keys($.a)")
    fetch(None, ANSWER).append("x")
    assert fetch(None, ANSWER) == ["b"]


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("received($.a[0])", ("a", 0)),
        ("keys(received($))", ()),
        ('count(received($["b)"]))', ("b)",)),
        ("keys($.a)", None),
        ("@.received", None),
        ("header(received($.a))", None),
    ],
)
def test__received_place__of_a_source__is_what_it_reads_of_the_body_as_sent(source: str, place: Path | None) -> None:
    fetcher(source)
    assert received_place(source) == place


def test__keep_received__before_the_body_is_edited__lets_sources_read_it_afterwards() -> None:
    answer = Answer(200, [], {"a": {"x": [1, 2]}, "b": 3})
    keep_received(answer, ["count(received($.a.x))", "received($.b)", "received($.c)", "$.a", "header(a)"])
    answer.body["a"]["x"].clear()
    answer.body["c"] = 4
    del answer.body["b"]
    found = [fetcher(f"received({place})")(None, answer) for place in ("$.a.x", "$.b", "$.c")]
    assert found == [[1, 2], 3, ABSENT]
    assert fetcher("count(received($.a.x))")(None, answer) == 2
