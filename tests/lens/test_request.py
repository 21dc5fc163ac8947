from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.lens.answer import ABSENT
from harness.lens.request import FORM, call_of, document_of, edited, rewritten
from harness.lens.step import read_step
from harness.model.exchange import Request
from harness.model.json_text import Json
from harness.model.template import PathTemplate, decoded

ITEM = PathTemplate("/items/{id}")
JSON = (("Content-Type", "application/json"), ("Content-Length", "9"))


def request(target: str = "/items/7", headers: tuple[tuple[str, str], ...] = (), body: bytes = b"") -> Request:
    return Request("GET", f"http://shop.test{target}", headers, body)


def asked(given_: Request, *steps: Json, template: str = "/items/{id}", method: str = "GET") -> Request:
    """What becomes of a request for ITEM."""
    raw = ITEM.raw(given_.path) or {}
    values = {name: decoded(value) for name, value in raw.items()}
    applied = [read_step(step).compile() for step in steps]
    document = edited(document_of(given_, values), applied, call_of(given_, values))
    return rewritten(given_, raw, document, PathTemplate(template), method)


def target(given_: Request) -> str:
    return given_.url.removeprefix("http://shop.test")


def test__document__of_a_request__has_its_parts_decoded() -> None:
    headers = (("X-Tag", "a"), ("x-tag", "b"), *JSON)
    document = document_of(request("/items/a%20b?q=1&tag=x&tag=y%26&e=", headers, b'{"n": 1}'), {"id": "a b"})
    assert document == {
        "path": {"id": "a b"},
        "query": {"q": "1", "tag": ["x", "y&"], "e": ""},
        "header": {"x-tag": "a, b", "content-type": "application/json", "content-length": "9"},
        "body": {"n": 1},
    }


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ((), b"", ABSENT),
        ((), b"<x>", ABSENT),
        ((), b"[" * 5000, ABSENT),
        (JSON, b'{"a": 1.0}', {"a": 1.0}),
        ((("Content-Type", FORM + "; charset=utf-8"),), b"a=1&b=x+y&a=2", {"a": ["1", "2"], "b": "x y"}),
        ((("Content-Type", FORM),), b"\xff=1", ABSENT),
    ],
)
def test__document__its_body__is_there_where_it_is_json_or_a_form(
    headers: tuple[tuple[str, str], ...], body: bytes, expected: Json
) -> None:
    assert document_of(request(headers=headers, body=body), {}).get("body", ABSENT) == expected


@pytest.mark.parametrize(
    ("sent", "step", "expected"),
    [
        (
            "/items/7?_limit=5&q=a%2Cb+c",
            {"rename": {"at": "$.query", "from": "_limit", "to": "size"}},
            "?size=5&q=a%2Cb+c",
        ),
        ("/items/7?a=1&b=2&a=3", {"drop": {"at": "$.query", "keys": ["b"]}}, "?a=1&a=3"),
        ("/items/7?a=1&b=2&a=3", {"drop": {"at": "$.query", "keys": ["nope"]}}, "?a=1&b=2&a=3"),
        (
            "/items/7",
            {"default": {"at": "$.query", "key": "e[x]", "value": ["a b", 1, None, True]}},
            "?e[x]=a%20b&e[x]=1&e[x]=true",
        ),
        ("/items/7?", {"default": {"at": "$.query", "key": "é&", "value": "=&#"}}, "?%C3%A9%26=%3D%26%23"),
        (
            '/items/7?f={"where": {"id": 1.0}}&g={x}',
            {"rename": {"at": "$.query.f.where", "from": "id", "to": "pk"}},
            "?f=%7B%22where%22:%7B%22pk%22:1.0%7D%7D&g={x}",
        ),
        ("/items/7?n=1", {"replace": {"at": "$.query", "value": 5}}, "?n=1"),
    ],
)
def test__rewritten__a_query__is_written_where_it_changed(sent: str, step: Json, expected: str) -> None:
    assert target(asked(request(sent), step)) == "/items/7" + expected


@pytest.mark.parametrize(
    ("sent", "steps", "template", "expected"),
    [
        ("/items/a%2Fb", [], "/v2/{id}/x", "/v2/a%2Fb/x"),
        ("/items/7", [{"affix": {"at": "$.path.id", "to_prefix": "ü/"}}], "/items/{id}", "/items/%C3%BC%2F7"),
        ("/items/7", [{"copy": {"at": "$.query", "from": "path(id)", "to": "id"}}], "/items", "/items?id=7"),
        ("/items/7?k=a%20b", [{"copy": {"at": "$.path", "from": "query(k)", "to": "k"}}], "/{k}/{id}", "/a%20b/7?k=a%20b"),
        ("/items/7", [], "/{kind}/{id}", "/items/7"),
        ("/items/7", [{"drop": {"at": "$.path", "keys": ["id"]}}], "/items/{id}", "/items/7"),
        ("/items/7", [{"replace": {"at": "$.path.id", "value": ""}}], "/items/{id}", "/items/7"),
        ("/items/7", [{"replace": {"at": "$.path.id", "value": ".."}}], "/items/{id}", "/items/7"),
        ("/items/7", [{"replace": {"at": "$", "value": None}}], "/b/{id}", "/b/7"),
    ],
)  # fmt: skip
def test__rewritten__a_path__is_the_template_filled(sent: str, steps: list[Json], template: str, expected: str) -> None:
    assert target(asked(request(sent), *steps, template=template)) == expected


def test__rewritten__headers__change_and_keep_the_others_as_they_were() -> None:
    given_ = request(headers=(("Accept", "a/b"), ("X-Two", "1"), ("x-two", "2"), ("X-Gone", "x")))
    steps: list[Any] = [
        {"default": {"at": "$.header", "key": "x-new", "value": 2}},
        {"default": {"at": "$.header", "key": "x-evil", "value": "a\r\nHost: b"}},
        {"drop": {"at": "$.header", "keys": ["x-gone"]}},
    ]
    assert asked(given_, *steps).headers == (("Accept", "a/b"), ("X-Two", "1"), ("x-two", "2"), ("x-new", "2"))


@pytest.mark.parametrize(
    ("kind", "body", "step", "expected"),
    [
        ("application/json", b'{ "a": 1.0, "n": 9007199254740993 }', {"rename": {"at": "$.body", "from": "a", "to": "b"}},
         b'{"b":1.0,"n":9007199254740993}'),
        ("application/json", b'{ "a": 1 }', {"rename": {"at": "$.body", "from": "x", "to": "b"}}, b'{ "a": 1 }'),
        ("application/json", b'{ "a": 1 }', {"convert": {"at": "$.body.a", "using": "integer-to-boolean"}}, b'{"a":true}'),
        (FORM, b"a=1+2&c=d", {"rename": {"at": "$.body", "from": "a", "to": "b"}}, b"b=1%202&c=d"),
        ("application/json", b"{}", {"drop": {"at": "$", "keys": ["body"]}}, b""),
    ],
)  # fmt: skip
def test__rewritten__a_body__is_written_in_its_form_with_its_length(
    kind: str, body: bytes, step: Json, expected: bytes
) -> None:
    given_ = request(headers=(("Content-Type", kind), ("Content-Length", str(len(body)))), body=body)
    changed = asked(given_, step, method="PUT")
    assert (changed.method, changed.body) == ("PUT", expected)
    assert changed.headers == (("Content-Type", kind), ("Content-Length", str(len(expected))))


@given(st.binary(max_size=30), st.text("a=&%[]+;é ", max_size=20), st.text("ab%2F.~é", min_size=1, max_size=8))
def test__rewritten__without_a_change__is_the_request_as_sent(body: bytes, query: str, segment: str) -> None:
    sent = Request("POST", f"http://h/items/{segment}?{query}", (("A", "b"), ("a", "c")), body)
    assert asked(sent, method="POST") == sent


def test__call__of_a_request__tells_conditions_what_was_asked() -> None:
    call = call_of(request("/items/7?a=1&a=2", JSON, b"[1]"), {"id": "7"})
    assert (call.method, call.path, call.variables, call.query) == ("GET", "/items/7", {"id": "7"}, {"a": "1"})
    assert (call.headers["content-type"], call.body, call.origin) == ("application/json", [1], "http://shop.test")
