from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from harness.model.errors import BackfitError, EnvironmentFailed
from harness.model.exchange import Headers
from harness.record.reverse_proxy import ReverseProxy, Verbatim, pairs, reason
from tests.record.raw_server import RawServer, body_of, free_address, head_of, http


class Passing(ReverseProxy):
    """Passes everything on, and keeps the targets that it was asked for."""

    role = "tester"

    def __init__(self, upstream: str, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__(upstream, host, port)
        self.targets: list[str] = []

    def cannot_listen(self, error: Exception) -> BackfitError:
        return EnvironmentFailed(reason(error))

    async def respond(self, request: web.BaseRequest, target: str, headers: Headers) -> web.StreamResponse:
        self.targets.append(target)
        async with self.ask(request.method, target, headers, None) as answer:
            return await Verbatim(answer.status, answer.reason, pairs(answer.raw_headers)).send(
                request, answer.content.iter_any()
            )


def asked(proxy: ReverseProxy, target: str) -> bytes:
    address = urlsplit(proxy.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test__answer__of_the_system__gets_no_header_of_ours() -> None:
    with RawServer(http(b"hi", "X-A: 1")) as system, Passing(system.url + "/") as proxy:
        received = asked(proxy, "/a")
        assert [line.split(":")[0] for line in head_of(received)[1:]] == ["X-A", "Content-Length", "Connection"]
        assert body_of(received) == b"hi"


@pytest.mark.parametrize(
    ("line", "target"), [("/a?b", "/a?b"), ("//x/y", "//x/y"), ("http://elsewhere.test/a%2F?b", "/a%2F?b")]
)
def test__target__of_any_request_line__leads_to_the_system(line: str, target: str) -> None:
    with RawServer(http(b"ok")) as system, Passing(system.url) as proxy:
        asked(proxy, line)
        assert proxy.targets == [target]
        assert system.requests[0].startswith(f"GET {target} HTTP/1.1\r\n".encode())


def test__system__that_does_not_answer__is_told_with_502() -> None:
    address = free_address()
    with Passing(address) as proxy:
        text = asked(proxy, "/a")
        assert text.startswith(b"HTTP/1.1 502")
        assert f"Backfit's tester: the system at {address} did not answer GET /a".encode() in text


def test__system__that_breaks_off__breaks_the_connection() -> None:
    with RawServer(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf") as system, Passing(system.url) as proxy:
        assert asked(proxy, "/a").endswith(b"\r\n\r\nhalf")


def test__address__that_is_taken__is_what_the_proxy_says_of_it() -> None:
    with RawServer() as system:
        address = urlsplit(system.url)
        with pytest.raises(EnvironmentFailed, match="OSError"):
            Passing(system.url, "127.0.0.1", address.port or 0).__enter__()


def test__pairs__of_raw_headers__keep_utf_8_and_latin_1() -> None:
    assert pairs(((b"A", "ä".encode()), (b"b", b"\xe4"))) == (("A", "ä"), ("b", "ä"))


@pytest.mark.parametrize(("error", "text"), [(OSError("no"), "OSError: no"), (TimeoutError(), "TimeoutError")])
def test__reason__of_an_error__is_one_line(error: Exception, text: str) -> None:
    assert reason(error) == text
