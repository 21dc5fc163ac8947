from __future__ import annotations

import json

import pytest

from harness.model.exchange import Exchange, Request, Response
from harness.replay.answered import Place
from harness.replay.binding import NOT_BOUND, Binder
from harness.replay.links import Link, Source
from harness.replay.sent import Slot

ORIGIN = Exchange(Request("POST", "http://h/orders"), None, id="c1")


def answer(value: object) -> Exchange:
    body = json.dumps(value).encode()
    return Exchange(ORIGIN.request, Response(201, (("Content-Type", "application/json"),), body), id="c1")


def link(slot: Slot, start: int, end: int, *places: Place) -> Link:
    return Link("c2", slot, start, end, tuple(Source("c1", place) for place in places), "a test")


def sent(url: str = "http://h/orders/17", body: bytes = b"", *headers: tuple[str, str]) -> Exchange:
    return Exchange(Request("PUT", url, headers, body), None, id="c2")


@pytest.mark.parametrize(
    ("told", "links", "exchange", "url", "body"),
    [
        pytest.param(
            {"id": 9}, [link(("path", "2"), 0, 2, ("body", "id"))], sent(), "http://h/orders/9", b"", id="a path"
        ),
        pytest.param(
            {"id": 9},
            [link(("body", "o"), 0, 2, ("body", "id"))],
            sent(body=b'{"o": 17}'),
            "http://h/orders/17",
            b'{"o":9}',
            id="a number stays one",
        ),
        pytest.param(
            {"id": 9},
            [link(("body", "o"), 0, 2, ("body", "id"))],
            sent(body=b'{"o": "17"}'),
            "http://h/orders/17",
            b'{"o":"9"}',
            id="a text stays one",
        ),
        pytest.param(
            {"id": "x9"},
            [link(("body", "o"), 0, 2, ("body", "id"))],
            sent(body=b'{"o": 17}'),
            "http://h/orders/17",
            b'{"o":"x9"}',
            id="a number that became a text",
        ),
        pytest.param(
            {"a": "one", "b": "three"},
            [link(("query", "q"), 0, 1, ("body", "a")), link(("query", "q"), 2, 3, ("body", "b"))],
            sent("http://h/s?q=1,3"),
            "http://h/s?q=one,three",
            b"",
            id="two in one text",
        ),
        pytest.param(
            {"new": 5},
            [link(("path", "2"), 0, 2, ("body", "id"), ("body", "new"))],
            sent(),
            "http://h/orders/5",
            b"",
            id="the second source",
        ),
    ],
)
def test__bound__a_link__puts_in_what_this_server_answered(
    told: object, links: list[Link], exchange: Exchange, url: str, body: bytes
) -> None:
    binder = Binder(links)
    binder.take(answer(told))
    bound = binder.bound(exchange)
    assert (bound.request.url, bound.request.body) == (url, body)
    assert NOT_BOUND not in bound.meta


@pytest.mark.parametrize("came", [answer({"other": 1}), answer({"id": None}), ORIGIN])
def test__bound__a_source_that_is_gone__sends_what_was_recorded_and_says_so(came: Exchange) -> None:
    binder = Binder([link(("path", "2"), 0, 2, ("body", "id"))])
    binder.take(came)
    bound = binder.bound(sent())
    assert bound.request == sent().request
    assert bound.meta[NOT_BOUND] == ["path.2"]


def test__bound__part_of_a_header__keeps_the_rest() -> None:
    binder = Binder([link(("header", "authorization"), 7, 10, ("body", "token"))])
    binder.take(answer({"token": "fresh"}))
    bound = binder.bound(sent("http://h/a", b"", ("Authorization", "Bearer old")))
    assert ("authorization", "Bearer fresh") in [(name.lower(), value) for name, value in bound.request.headers]
