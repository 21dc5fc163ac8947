from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from harness.record import crowd
from harness.record.proxy import RecordingProxy
from harness.record.reverse_proxy import ReverseProxy
from tests.record.raw_server import RawServer, http

CALL = b"GET /a HTTP/1.1\r\nHost: h\r\n\r\n"


def connected(proxy: ReverseProxy) -> socket.socket:
    address = urlsplit(proxy.url)
    return socket.create_connection((address.hostname, address.port), timeout=10)


def said(connection: socket.socket) -> bytes:
    """A whole answer, or nothing where the connection was closed."""
    received = b""
    try:
        while not received.endswith(b"ok") and (piece := connection.recv(1000)):
            received += piece
    except ConnectionError:
        pass
    return received


def test__crowd__past_the_bound__closes_the_one_that_is_silent_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "MOST", 3)
    with RawServer(http(b"ok")) as system, RecordingProxy(system.url) as proxy:
        first, second, third = (connected(proxy) for _ in range(3))
        first.sendall(CALL)
        assert b"200 OK" in said(first)  # so it is not the one that is silent longest
        fourth = connected(proxy)
        assert said(second) == b""
        for each in (first, third, fourth):
            each.sendall(CALL)
            assert b"200 OK" in said(each)
        for each in (first, second, third, fourth):
            each.close()


def test__crowd__of_calls_that_go_on__closes_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "MOST", 1)
    with RawServer(http(b"ok")) as system, RecordingProxy(system.url) as proxy:
        waiting = connected(proxy)
        waiting.sendall(b"POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n1")
        while not proxy.recording().exchanges:
            pass
        for _ in range(3):
            with connected(proxy) as other:
                other.sendall(CALL)
                assert b"200 OK" in said(other)
        waiting.sendall(b"2")
        assert b"200 OK" in said(waiting)
        waiting.close()


@pytest.mark.parametrize(
    "before", [b"", CALL, b"POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 9000\r\n\r\n" + b"x" * 9000]
)
def test__crowd__of_one_that_cannot_be_read__is_told_how_its_request_began(before: bytes) -> None:
    with RawServer(http(b"ok")) as system, RecordingProxy(system.url) as proxy, connected(proxy) as connection:
        if before:
            connection.sendall(before)
            assert b"200 OK" in said(connection)
        connection.sendall(b"GET /bad HTTP/1.1\r\n")
        connection.sendall(b"Host: h\r\nA B: 1\r\n\r\n")
        assert b"400 Bad Request" in said(connection)
        assert proxy.recording().exchanges[-1].request.url == "http://h/bad"
