from __future__ import annotations

from dataclasses import replace

import pytest

from harness.model.exchange import Exchange, Request, Response
from harness.replay.redirects import FOLLOWED, followed

DONE = Response(200, (), b"here")


def answered(method: str, status: int, location: str, body: bytes = b"") -> Exchange:
    headers = (("Content-Type", "application/json"), ("X-Mine", "1"))
    request = Request(method, "http://system.test/a/b", headers, body)
    return Exchange(request, Response(status, (("Location", location),)), id="c1")


@pytest.mark.parametrize(
    ("method", "status", "location", "sent"),
    [
        ("GET", 301, "/v2/b", "GET http://system.test/v2/b"),
        ("HEAD", 302, "c", "HEAD http://system.test/a/c"),
        ("GET", 308, "http://system.test/x?q=1", "GET http://system.test/x?q=1"),
        ("POST", 307, "/x", "POST http://system.test/x"),
        ("POST", 303, "/x", "GET http://system.test/x"),
        ("POST", 302, "/x", "GET http://system.test/x"),
    ],
)
def test__followed__a_redirect__is_asked_as_a_client_does(method: str, status: int, location: str, sent: str) -> None:
    asked: list[Request] = []

    def send(exchange: Exchange) -> Exchange:
        asked.append(exchange.request)
        return replace(exchange, response=DONE)

    came = followed(answered(method, status, location, b"{}"), Response(200), send)
    assert [f"{request.method} {request.url}" for request in asked] == [sent]
    assert asked[0].body == (b"{}" if status == 307 or method != "POST" else b"")
    assert came.response == DONE
    assert came.request.url == "http://system.test/a/b"
    assert came.meta[FOLLOWED] == [f"{status} {asked[0].path}"]


@pytest.mark.parametrize(
    ("recorded", "status", "location"),
    [
        pytest.param(Response(301), 301, "/x", id="recorded as one"),
        pytest.param(Response(200), 200, "/x", id="none"),
        pytest.param(Response(200), 304, "/x", id="not modified"),
        pytest.param(Response(200), 302, "", id="without an address"),
        pytest.param(Response(200), 302, "http://elsewhere.test/", id="another host"),
        pytest.param(Response(200), 302, "https://system.test/", id="another scheme"),
        pytest.param(Response(200), 302, "http://[", id="no address at all"),
    ],
)
def test__followed__anything_else__stays_as_it_came(recorded: Response, status: int, location: str) -> None:
    came = answered("GET", status, location)
    assert followed(came, recorded, lambda _: pytest.fail("it was asked")) is came


def test__followed__round_in_a_circle__ends() -> None:
    asked: list[str] = []

    def send(exchange: Exchange) -> Exchange:
        asked.append(exchange.request.url)
        return replace(exchange, response=Response(302, (("Location", "/a/b"),)))

    came = followed(answered("GET", 302, "/a/b"), Response(200), send)
    assert len(asked) == 5
    assert came.response is not None
    assert came.response.status == 302
