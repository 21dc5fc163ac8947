from __future__ import annotations

import gzip
import socket
import threading
import time
from urllib.parse import urlsplit

import brotli
import pytest

from harness.model.exchange import Exchange, Response
from harness.record import capture
from harness.record.proxy import RecordingProxy
from tests.record.raw_server import RawServer, body_of, free_address, head_of, http


def asked(url: str, request: bytes) -> bytes:
    """All bytes that come back for the bytes of a request."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def get(url: str, target: str = "/", *lines: str) -> bytes:
    head = [f"GET {target} HTTP/1.1", f"Host: {urlsplit(url).netloc}", *lines, "Connection: close", "", ""]
    return asked(url, "\r\n".join(head).encode())


def only(proxy: RecordingProxy) -> Exchange:
    (exchange,) = proxy.recording().exchanges
    return exchange


def answer(exchange: Exchange) -> Response:
    assert exchange.response is not None
    return exchange.response


@pytest.mark.parametrize(
    "target",
    ["/a%2Fb%7e/../c//d?q=%20+&x=%C3%A9&q&e=", "//twice", "/a|b?c={d}&e=[f]^`", "/a;p=1?x=y?z=/", "/%00?%"],
)
def test__proxy__any_path_and_query__are_passed_and_kept_as_they_came(target: str) -> None:
    with RawServer(http(b"{}")) as system, RecordingProxy(system.url) as proxy:
        get(proxy.url, target)
        assert system.requests[0].split(b"\r\n")[0] == f"GET {target} HTTP/1.1".encode()
        assert only(proxy).request.url == proxy.url + target


def test__proxy__headers__keep_order_case_duplicates_and_host_but_not_the_connections_own() -> None:
    sent = ["X-b: 1", "x-A: 2", "X-b: 3", "Cookie: a=b", "X-Hop: 4", "TE: trailers", "Connection: X-Hop"]
    back = ["Set-Cookie: a=1", "Set-Cookie: b=2", "X-Z: ä", "Keep-Alive: timeout=5"]
    with RawServer(http(b"hi", *back)) as system, RecordingProxy(system.url) as proxy:
        received = head_of(get(proxy.url, "/", *sent))
        passed = head_of(system.requests[0])
        assert passed[:6] == ["GET / HTTP/1.1", f"Host: {urlsplit(proxy.url).netloc}", *sent[:4]]
        assert not {"X-Hop: 4", "TE: trailers"} & set(passed)
        assert not [line for line in passed if line.startswith(("Accept", "User-Agent"))]
        assert received[1:4] == ["Set-Cookie: a=1", "Set-Cookie: b=2", "X-Z: Ã¤"]
        assert not [line for line in received if line.lower().startswith(("keep-alive", "content-type"))]
        assert answer(only(proxy)).headers[:2] == (("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))


@pytest.mark.parametrize(
    ("coding", "packed"), [("gzip", gzip.compress(b"{}", mtime=0)), ("br", brotli.compress(b"{}"))]
)
def test__proxy__a_coded_answer__is_passed_as_it_is_and_kept_decoded(coding: str, packed: bytes) -> None:
    with RawServer(http(packed, f"Content-Encoding: {coding}")) as system, RecordingProxy(system.url) as proxy:
        assert body_of(get(proxy.url)) == packed
        assert answer(only(proxy)).body == b"{}"


@pytest.mark.parametrize("framing", ["Content-Length: 11", "Transfer-Encoding: chunked"])
def test__proxy__a_posted_body__reaches_the_system_and_the_recording(framing: str) -> None:
    body = b"a=1&b=%C3%A9"[:11] if "Length" in framing else b"b\r\na=1&b=%C3%A\r\n0\r\n\r\n"
    head = f"POST /p HTTP/1.1\r\nHost: h\r\n{framing}\r\nConnection: close\r\n\r\n".encode()
    with RawServer(http(b"ok", status="201 Created")) as system, RecordingProxy(system.url) as proxy:
        assert asked(proxy.url, head + body).startswith(b"HTTP/1.1 201 Created")
        assert body_of(system.requests[0]) == b"a=1&b=%C3%A"
        assert only(proxy).request.body == b"a=1&b=%C3%A"
        assert answer(only(proxy)).reason == "Created"


def test__proxy__a_client_that_waits_for_100_continue__is_told_to_go_on() -> None:
    head = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    with RawServer(http(b"ok")) as system, RecordingProxy(system.url) as proxy:
        received = asked(proxy.url, head + b"{}")
        assert received.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
        assert body_of(system.requests[0]) == b"{}"


@pytest.mark.parametrize(
    ("method", "status", "length"), [("HEAD", "200 OK", "5"), ("GET", "304 Not Modified", None), ("GET", "204 X", None)]
)
def test__proxy__an_answer_without_a_body__ends_at_its_head(method: str, status: str, length: str | None) -> None:
    back = f"HTTP/1.1 {status}\r\nETag: x\r\n{'Content-Length: 5' if length else 'X: y'}\r\n\r\n".encode()
    with RawServer(back) as system, RecordingProxy(system.url) as proxy:
        received = asked(proxy.url, f"{method} / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".encode())
        assert received.startswith(f"HTTP/1.1 {status}".encode())
        assert body_of(received) == b""
        assert (b"Content-Length: 5" in received) is (length is not None)


def test__proxy__a_redirect__is_passed_not_followed() -> None:
    with RawServer(http(b"", "Location: /next", status="302 Found")) as system, RecordingProxy(system.url) as proxy:
        assert b"Location: /next" in get(proxy.url)
        assert len(system.requests) == 1
        assert answer(only(proxy)).status == 302


def test__proxy__without_a_system__answers_502_and_keeps_the_error() -> None:
    address = free_address()
    with RecordingProxy(address) as proxy:
        received = get(proxy.url, "/x")
        assert received.startswith(b"HTTP/1.1 502")
        assert f"the system at {address} did not answer GET /x".encode() in received
        assert only(proxy).response is None
        assert "ClientConnectorError" in str(only(proxy).error)


def test__proxy__when_the_system_dies_midway__cuts_the_answer_and_keeps_what_came() -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
    with RawServer(half) as system, RecordingProxy(system.url) as proxy:
        assert get(proxy.url).endswith(b"half")
        assert answer(only(proxy)).body == b"half"
        assert "ClientPayloadError" in str(only(proxy).error)


def test__proxy__a_body_past_the_bound__is_passed_whole_and_kept_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "LIMIT", 1000)
    with RawServer(http(b"x" * 300_000)) as system, RecordingProxy(system.url) as proxy:
        assert len(body_of(get(proxy.url))) == 300_000
        assert len(answer(only(proxy)).body) == 1000
        assert "only the first 1000 bytes" in only(proxy).meta["note"]


def test__proxy__calls_at_once__are_kept_in_the_order_in_which_they_came() -> None:
    first_came, go_on = threading.Event(), threading.Event()

    def slow(_: bytes) -> bytes:
        first_came.set()
        go_on.wait(10)
        return http(b"slow")

    with RawServer(slow, http(b"quick")) as system, RecordingProxy(system.url) as proxy:
        waiting = threading.Thread(target=get, args=(proxy.url, "/first"))
        waiting.start()
        first_came.wait(10)
        get(proxy.url, "/second")
        first, second = proxy.recording().exchanges
        assert (first.id, first.request.path, first.response) == ("c0001", "/first", None)
        assert (second.id, second.request.path, second.error) == ("c0002", "/second", None)
        assert "not ended" in str(first.error)
        go_on.set()
        waiting.join()
        assert [answer(exchange).body for exchange in proxy.recording().exchanges] == [b"slow", b"quick"]


def test__proxy__when_the_client_leaves__lets_the_system_go_and_says_so() -> None:
    over = threading.Event()

    def silent(_: bytes) -> bytes:
        over.wait(10)
        return b""

    with RawServer(silent) as system, RecordingProxy(system.url) as proxy:
        address = urlsplit(proxy.url)
        with socket.create_connection((address.hostname, address.port)) as client:
            client.sendall(b"GET /events HTTP/1.1\r\nHost: h\r\n\r\n")
            while not system.requests:
                time.sleep(0.01)
        while "not ended" in str(only(proxy).error) and not over.wait(0.01):
            pass
        over.set()
        assert only(proxy).error == "the client went away before the answer ended"


def test__proxy__to_a_system_that_drops_kept_connections__loses_no_call() -> None:
    post = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with RawServer(http(b"ok"), linger=True) as system, RecordingProxy(system.url) as proxy:
        assert all(asked(proxy.url, post).endswith(b"ok") for _ in range(3))


def test__proxy__after_its_context__listens_no_more() -> None:
    with RawServer(http()) as system:
        with RecordingProxy(system.url) as proxy:
            get(proxy.url)
        with pytest.raises(OSError, match="refused"):
            get(proxy.url)
        assert len(proxy.recording().exchanges) == 1
