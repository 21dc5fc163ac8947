from __future__ import annotations

import json
from typing import Any

import pytest

from harness.model.exchange import Headers, Response
from harness.replay.answered import MOST, Place, answered, value_at


def of_json(value: Any, headers: Headers = ()) -> Response:
    return Response(200, (("Content-Type", "application/json"), *headers), json.dumps(value).encode())


def of_page(text: str) -> Response:
    return Response(200, (("Content-Type", "text/html"),), text.encode())


@pytest.mark.parametrize(
    ("response", "place", "value"),
    [
        pytest.param(of_json({"items": [{"id": 7}]}), ("body", "items", 0, "id"), 7, id="a member"),
        pytest.param(of_json("text"), ("body",), "text", id="a bare value"),
        pytest.param(of_json({}, (("ETag", '"v1"'),)), ("header", "etag"), '"v1"', id="a header"),
        pytest.param(of_json({}, (("Set-Cookie", "sid=a=b; Path=/"),)), ("cookie", "sid"), "a=b", id="a cookie"),
        pytest.param(
            of_json({}, (("Location", "/orders/7"),)), ("header", "location", "segment", -1), "7", id="Location"
        ),
        pytest.param(
            of_json({}, (("Link", '</a?c=x%2F1>; rel="next", </b>; rel=prev'),)),
            ("header", "link", "next", "query", "c"),
            "x/1",
            id="Link",
        ),
        pytest.param(
            of_json({"href": "http://h/a/b%20c?q=1"}), ("body", "href", "segment", -1), "b c", id="an address inside"
        ),
        pytest.param(of_page('<meta name="csrf" content="t1"><p>'), ("form", "csrf"), "t1", id="meta"),
        pytest.param(of_page('<input type=hidden name="_t" value="t2">'), ("form", "_t"), "t2", id="a hidden input"),
    ],
)
def test__answered__a_value__is_found_at_its_place(response: Response, place: Place, value: object) -> None:
    assert answered(response)[place] == value


@pytest.mark.parametrize("value", [True, None, [], {}])
def test__answered__what_is_no_value_to_send__is_left_out(value: object) -> None:
    assert answered(of_json({"a": value})) == {}


@pytest.mark.parametrize("href", ["http://[", "//", "a/b", "http://", "/ with spaces"])
def test__answered__what_is_no_address__has_no_parts(href: str) -> None:
    assert set(answered(of_json({"href": href}))) == {("body", "href")}


def test__answered__headers_that_say_nothing_of_the_resource__are_left_out() -> None:
    assert answered(Response(200, (("Date", "today"), ("Content-Length", "0"), ("Server", "x")), b"")) == {}


def test__answered__more_values_than_anybody_links__are_bounded() -> None:
    assert MOST <= len(answered(of_json(list(range(MOST * 2))))) <= MOST + 3


def test__answered__a_body_as_deep_as_it_may_be__is_walked() -> None:
    deep = b'{"a":' * 500 + b"1" + b"}" * 500
    assert list(answered(Response(200, (("Content-Type", "application/json"),), deep)).values()) == [1]


def test__value_at__several_places__gives_the_first_that_is_there() -> None:
    values = answered(of_json({"b": 2, "c": 3}))
    assert value_at(values, (("body", "a"), ("body", "b"), ("body", "c"))) == 2
    assert value_at(values, (("body", "a"),)) is None
