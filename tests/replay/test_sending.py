from __future__ import annotations

import gzip
import threading
from urllib.parse import urlsplit

import pytest

from harness.model.exchange import Exchange, Headers, Request, Response
from harness.replay import sending
from harness.replay.cookies import CookieJar
from harness.replay.sending import Refused, send, target
from tests.record.raw_server import RawServer, body_of, free_address, head_of, http

RECORDED = "http://recorded.test:8001"


def sent(server: RawServer, request: Request, jar: CookieJar | None = None, timeout: float = 10) -> Exchange:
    return send(Exchange(request, Response(200), id="a"), urlsplit(server.url), jar or CookieJar(), timeout)


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("http://a", "/"),
        ("http://a?b=c", "/?b=c"),
        ("http://a/%2Fb%7e/../c//d?q=%20+&x&e=#frag", "/%2Fb%7e/../c//d?q=%20+&x&e="),
        ("http://a//b?", "//b?"),
        ("http://a/b|c?d={e}[f]'\"", "/b|c?d={e}[f]'\""),
        ("http://a/é b\r\nX: y", "/%C3%A9%20b%0D%0AX:%20y"),
    ],
)
def test__target__of_an_address__is_as_recorded_and_always_one_line(url: str, line: str) -> None:
    assert target(url) == line


def test__send__a_call__goes_out_as_recorded_less_what_belongs_to_a_connection() -> None:
    headers: Headers = (
        ("X-b", "1"),
        ("Host", "proxy"),
        (":authority", "x"),
        ("x-A", "ä"),
        ("X-b", "2"),
        ("Connection", "X-Hop"),
        ("X-Hop", "3"),
        ("Content-Encoding", "gzip"),
        ("Content-Length", "999"),
        ("If-Match", "y"),
        ("If-None-Match", "x"),
    )
    with RawServer(http(b"ok")) as server:
        sent(server, Request("PUT", f"{RECORDED}/a?b", headers, b"{}"))
        assert head_of(server.requests[0]) == [
            "PUT /a?b HTTP/1.1",
            "Host: recorded.test:8001",
            "X-b: 1",
            "x-A: Ã¤",
            "X-b: 2",
            "If-Match: y",
            "If-None-Match: x",
            "Content-Length: 2",
        ]
        assert body_of(server.requests[0]) == b"{}"


def test__send__a_conditional_get__asks_for_the_whole_answer() -> None:
    with RawServer(http(b"ok")) as server:
        sent(server, Request("GET", RECORDED, (("If-None-Match", "x"), ("if-modified-since", "y"))))
        assert head_of(server.requests[0]) == ["GET / HTTP/1.1", "Host: recorded.test:8001"]


def test__send__cookies__follow_the_server_and_only_where_some_were_recorded() -> None:
    with RawServer(http(b"", "Set-Cookie: a=9"), http()) as server:
        jar = CookieJar()
        for headers in ((("Cookie", "a=1; b=2"),), (("Cookie", "a=1; b=2"),), ()):
            sent(server, Request("GET", RECORDED, headers), jar)
        assert [line for request in server.requests for line in head_of(request) if "Cookie" in line] == [
            "Cookie: a=1; b=2",
            "Cookie: a=9; b=2",
        ]


@pytest.mark.parametrize(
    ("answer", "response"),
    [
        (http(b"{}", "A: 1", "A: 2"), Response(200, (("A", "1"), ("A", "2"), ("Content-Length", "2")), b"{}", "OK")),
        (http(b"", "Location: /b", status="302 Found"), (302, b"")),
        (http(gzip.compress(b"{}", mtime=0), "Content-Encoding: gzip"), (200, b"{}")),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", (200, b"{}")),
        (b"HTTP/1.0 200 OK\r\n\r\nuntil the end", (200, b"until the end")),
        (b"HTTP/1.1 204 No Content\r\n\r\n", (204, b"")),
        (b"HTTP/1.1 500 \r\nContent-Length: 1\r\n\r\nx", (500, b"x")),
    ],
)
def test__send__an_answer__is_read_to_its_end_and_decoded(
    answer: bytes, response: Response | tuple[int, bytes]
) -> None:
    with RawServer(answer) as server:
        got = sent(server, Request("GET", f"{RECORDED}/a"))
        assert got.error is None
        assert got.response is not None
        assert got.response == response or (got.response.status, got.response.body) == response
        assert (got.id, got.request.url) == ("a", f"{RECORDED}/a")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"", "RemoteDisconnected"),
        (b"nonsense\r\n\r\n", "BadStatusLine"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "cut off, 6 bytes before"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf", "IncompleteRead"),
        (http(b"not gzip", "Content-Encoding: gzip"), "the body is not gzip"),
        (http(b"x" * 300), "longer than 200 bytes"),
        (http(gzip.compress(b"x" * 300, mtime=0), "Content-Encoding: gzip"), "longer than 200 bytes"),
    ],
)
def test__send__what_fails_on_its_way__is_an_exchange_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, answer: bytes, error: str
) -> None:
    monkeypatch.setattr(sending, "LIMIT", 200)
    monkeypatch.setattr(sending, "_TOO_LONG", "the answer is longer than 200 bytes")
    with RawServer(answer) as server:
        got = sent(server, Request("GET", RECORDED))
        assert got.response is None
        assert error in str(got.error)


def test__send__to_a_server_that_never_answers__gives_up() -> None:
    over = threading.Event()

    def silent(_: bytes) -> bytes:
        over.wait(10)
        return b""

    with RawServer(silent) as server:
        got = sent(server, Request("GET", RECORDED), timeout=0.2)
        over.set()
        assert (got.response, got.error) == (None, "TimeoutError: timed out")


def test__send__where_nobody_listens__is_refused() -> None:
    with pytest.raises(Refused):
        send(Exchange(Request("GET", RECORDED), Response(200)), urlsplit(free_address()), CookieJar())


def test__send__below_a_path__keeps_that_path() -> None:
    with RawServer(http()) as server:
        send(Exchange(Request("GET", f"{RECORDED}/a"), None), urlsplit(f"{server.url}/base/"), CookieJar())
        assert head_of(server.requests[0])[0] == "GET /base/a HTTP/1.1"
