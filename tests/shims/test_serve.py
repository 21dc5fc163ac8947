from __future__ import annotations

import asyncio
import gzip
import json
import signal
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web

from harness.model.errors import UsageError
from harness.shims import serve
from harness.shims.document import SecondCall
from harness.shims.program import Program
from harness.shims.second_calls import LARGEST
from harness.shims.serve import ShimServer
from tests.record.raw_server import RawServer, body_of, free_address, head_of, http
from tests.shims.answers import entry, program

DROP_X = {"drop": {"keys": ["x"]}}
BODY = b'{ "x": 1, "y": 2 }'
JSON = "Content-Type: application/json"
GZIPPED = gzip.compress(BODY, mtime=0)


def shim(**more: object) -> Program:
    return program(entry("GET /a", DROP_X, **more), everywhere=[{"set-header": {"header": "vary", "value": "Origin"}}])


def asked(url: str, target: str = "/a", *lines: str, method: str = "GET", body: bytes = b"") -> bytes:
    """All bytes that come back."""
    address = urlsplit(url)
    head = [f"{method} {target} HTTP/1.1", "Host: shop.test", *lines, "Connection: close", "", ""]
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall("\r\n".join(head).encode() + body)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test__serve__json_that_the_shim_knows__is_turned_back() -> None:
    with (
        RawServer(http(BODY, JSON, "Set-Cookie: a=1", "Set-Cookie: b=2")) as new,
        ShimServer(shim(), new.url) as server,
    ):
        received = asked(server.url, "/a?q=1")
        assert body_of(received) == b'{"y":2}'
        assert head_of(received)[0] == "HTTP/1.1 200 OK"
        assert {"Set-Cookie: a=1", "Set-Cookie: b=2", "vary: Origin", "Content-Length: 7"} <= set(head_of(received))
        assert new.requests[0].startswith(b"GET /a?q=1 HTTP/1.1\r\nHost: shop.test\r\n")
        assert server.counts == {"shimmed": 1}


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (BODY, JSON),
        (bytes(range(256)) * 300, "Content-Type: image/png"),
        (b"<p>", "Content-Type: text/html"),
        (b"", "X-No: type"),
    ],
    ids=["json", "image", "page", "empty"],
)
def test__serve__an_answer_of_an_unknown_call__passes_byte_for_byte(body: bytes, header: str) -> None:
    plain = program(entry("GET /a", DROP_X))
    with RawServer(http(body, header, "ETag: x")) as new, ShimServer(plain, new.url) as server:
        received = asked(server.url, "/b")
        assert body_of(received) == body
        assert head_of(received)[1:3] == [header, "ETag: x"]
        assert [line for line in head_of(received) if "type" in line.lower()] == [header] if "type" in header else True


def test__serve__a_page__may_have_its_headers_edited_while_it_streams() -> None:
    with RawServer(http(b"<p>", "Content-Type: text/html")) as new, ShimServer(shim(), new.url) as server:
        received = asked(server.url, "/page")
        assert body_of(received) == b"<p>"
        assert {"vary: Origin", "Content-Length: 3"} <= set(head_of(received))
        assert server.counts == {"streamed": 1}


@pytest.mark.parametrize(
    ("method", "status", "header"),
    [
        ("HEAD", "200 OK", "Content-Length: 18"),
        ("GET", "204 No Content", "X: y"),
        ("GET", "304 Not Modified", "ETag: x"),
    ],
)
def test__serve__an_answer_without_a_body__ends_at_its_head(method: str, status: str, header: str) -> None:
    back = f"HTTP/1.1 {status}\r\n{JSON}\r\n{header}\r\n\r\n".encode()
    with RawServer(back) as new, ShimServer(shim(), new.url) as server:
        received = asked(server.url, method=method)
        assert head_of(received)[0] == f"HTTP/1.1 {status}"
        assert body_of(received) == b""
        assert ("Content-Length: 18" in head_of(received)) is False  # what OLD's would be, nobody knows


def test__serve__a_status_that_becomes_204__takes_the_body_away() -> None:
    emptied = program(entry("DELETE /a", {"status": {"from": 200, "to": 204}}))
    with RawServer(http(b'{"id": 1}', JSON)) as new, ShimServer(emptied, new.url) as server:
        received = asked(server.url, method="DELETE")
        assert (head_of(received)[0], body_of(received)) == ("HTTP/1.1 204 No Content", b"")


@pytest.mark.parametrize(
    ("target", "body", "coded"), [("/a", b'{"y":2}', False), ("/b", GZIPPED, True)], ids=["known", "unknown"]
)
def test__serve__a_coded_answer__is_decoded_only_to_be_edited(target: str, body: bytes, coded: bool) -> None:
    with (
        RawServer(http(GZIPPED, JSON, "Content-Encoding: gzip")) as new,
        ShimServer(program(entry("GET /a", DROP_X)), new.url) as server,
    ):
        received = asked(server.url, target, "Accept-Encoding: gzip, br;q=0.5, sdch")
        assert body_of(received) == body
        assert ("Content-Encoding: gzip" in head_of(received)) is coded
        assert "Accept-Encoding: gzip, br;q=0.5" in head_of(new.requests[0])


def test__serve__a_known_answer_that_needs_no_edit__stays_coded() -> None:
    packed = gzip.compress(b'{ "y": 2 }', mtime=0)
    plain = program(entry("GET /a", DROP_X))
    with RawServer(http(packed, JSON, "Content-Encoding: gzip")) as new, ShimServer(plain, new.url) as server:
        assert body_of(asked(server.url)) == packed
        assert server.counts == {"unchanged": 1}


def test__serve__an_answer_that_is_not_what_its_coding_says__passes_as_it_is() -> None:
    with RawServer(http(BODY, JSON, "Content-Encoding: gzip")) as new, ShimServer(shim(), new.url) as server:
        assert body_of(asked(server.url)) == BODY


def test__serve__a_known_answer_past_the_bound__passes_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "LIMIT", 1000)
    body = json.dumps({"x": "y" * 300_000}).encode()
    chunked = b"HTTP/1.1 200 OK\r\n%b\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (
        JSON.encode(),
        len(body),
        body,
    )
    with RawServer(http(body, JSON), chunked) as new, ShimServer(shim(), new.url) as server:
        assert body_of(asked(server.url)) == body
        assert body_of(asked(server.url)).count(b"y") == 300_000
        assert server.counts["streamed"] == 2


def test__serve__a_call_that_moved__is_forwarded_with_its_body() -> None:
    moved = program(entry("POST /a/{id}", DROP_X, forward="PUT /v2/{id}"))
    with RawServer(http(BODY, JSON)) as new, ShimServer(moved, new.url) as server:
        received = asked(server.url, "/a/7%2F8?q=%20", "Content-Length: 4", method="POST", body=b"text")
        assert body_of(received) == b'{"y":2}'
        assert new.requests[0].startswith(b"PUT /v2/7%2F8?q=%20 HTTP/1.1\r\n")
        assert body_of(new.requests[0]) == b"text"


def test__serve__calls_told_apart_by_their_body__are_read_first() -> None:
    graphql = program(entry("POST /graphql", DROP_X, discriminator="Cart"))
    body = b'{"operationName": "Cart", "query": "query Cart { id }"}'
    with RawServer(http(BODY, JSON)) as new, ShimServer(graphql, new.url) as server:
        received = asked(server.url, "/graphql", f"Content-Length: {len(body)}", method="POST", body=body)
        assert body_of(received) == b'{"y":2}'
        assert body_of(new.requests[0]) == body


def test__serve__a_large_upload__reaches_the_system() -> None:
    body = b"x" * 3_000_000
    with RawServer(http(b"ok")) as new, ShimServer(shim(), new.url) as server:
        asked(server.url, "/up", f"Content-Length: {len(body)}", method="POST", body=body)
        assert body_of(new.requests[0]) == body


def test__serve__without_a_system__answers_502_and_counts() -> None:
    address = free_address()
    with ShimServer(shim(), address) as server:
        received = asked(server.url)
        assert received.startswith(b"HTTP/1.1 502")
        assert f"Backfit's shim: the system at {address} did not answer GET /a".encode() in received
        assert server.counts == {"failed": 1}


@pytest.mark.parametrize(("target", "header", "last"), [("/b", "X: y", b"half"), ("/a", JSON, b"bytes")])
def test__serve__when_the_system_dies_midway__says_so(target: str, header: str, last: bytes) -> None:
    half = f"HTTP/1.1 200 OK\r\n{header}\r\nContent-Length: 100\r\n\r\nhalf".encode()
    with RawServer(half) as new, ShimServer(program(entry("GET /a", DROP_X)), new.url) as server:
        received = asked(server.url, target)
        assert received.startswith(b"HTTP/1.1 502" if target == "/a" else b"HTTP/1.1 200")
        assert (b"ClientPayloadError" in received) is (target == "/a")
        assert server.counts["failed"] == 1


def test__serve__a_request_line_with_a_whole_url__leads_to_the_system_alone() -> None:
    with RawServer(http(b"ok")) as other, RawServer(http(b"ok")) as new, ShimServer(shim(), new.url) as server:
        asked(server.url, f"{other.url}/b")
        asked(server.url, "@127.0.0.1/b")
        assert (len(new.requests), other.requests) in [(1, []), (2, [])]


@pytest.fixture
def endless() -> Iterator[str]:
    """A system whose JSON, events and socket go on until the client has seen the first of them."""

    async def events(request: web.BaseRequest) -> web.StreamResponse:
        if request.path == "/socket":
            socket_ = web.WebSocketResponse()
            await socket_.prepare(request)
            async for message in socket_:
                await socket_.send_str(message.data + "!")
            return socket_
        kind = "text/event-stream" if request.path == "/a" else "application/json"
        answer = web.StreamResponse(headers={"Content-Type": kind})
        await answer.prepare(request)
        await answer.write(b"data: 1\n\n")
        await asyncio.sleep(600)
        return answer

    loop, started = asyncio.new_event_loop(), threading.Event()
    found: list[str] = []

    async def serve_() -> web.ServerRunner:
        runner = web.ServerRunner(web.Server(events, handler_cancellation=True), shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        found.append(f"http://127.0.0.1:{runner.addresses[0][1]}")
        started.set()
        return runner

    def run() -> None:
        runner = loop.run_until_complete(serve_())
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    started.wait(10)
    yield found[0]
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


@pytest.mark.parametrize("target", ["/a", "/watch"], ids=["events of a known call", "JSON of an unknown call"])
def test__serve__an_answer_without_end__streams(endless: str, target: str) -> None:
    async def first(url: str) -> bytes:
        async with aiohttp.ClientSession() as session, session.get(url + target) as answer:
            return await answer.content.readany()

    with ShimServer(program(entry("GET /a", DROP_X)), endless) as server:
        assert asyncio.run(asyncio.wait_for(first(server.url), 20)) == b"data: 1\n\n"


def test__serve__a_websocket__passes_both_ways(endless: str) -> None:
    async def talk(url: str) -> str:
        async with aiohttp.ClientSession() as session, session.ws_connect(url + "/socket") as socket_:
            await socket_.send_str("hé")
            return await socket_.receive_str(timeout=10)

    with ShimServer(shim(), endless) as server:
        assert asyncio.run(talk(server.url)) == "hé!"
        assert server.counts == {"tunnelled": 1}


def test__serve__a_websocket_without_a_system__answers_502() -> None:
    with ShimServer(shim(), free_address()) as server:
        lines = ("Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: eHh4eHh4eHh4eHh4eHh4eA==")
        assert asked(server.url, "/s", *lines).startswith(b"HTTP/1.1 502")


@pytest.mark.parametrize("host", ["127.0.0.1", "no..such..host", "203.0.113.9"])
def test__serve__an_address_that_cannot_be_had__is_told(host: str) -> None:
    with RawServer(http()) as taken:
        port = urlsplit(taken.url).port or 0
        with pytest.raises(UsageError, match="cannot listen") as caught:
            ShimServer(shim(), taken.url, host, port).__enter__()
        assert caught.value.where == f"{host}:{port}"
        assert caught.value.exit_code == 2


def test__serve__on_ipv6__says_its_address_in_brackets() -> None:
    with RawServer(http(BODY, JSON)) as new, ShimServer(shim(), new.url, "::1") as server:
        assert server.url.startswith("http://[::1]:")
        assert body_of(asked(server.url)) == b'{"y":2}'


def test__serve__after_its_context__listens_no_more() -> None:
    with RawServer(http()) as new:
        with ShimServer(shim(), new.url) as server:
            pass
        with pytest.raises(OSError, match="refused"):
            asked(server.url)


def test__wait__on_ctrl_c__gives_way() -> None:
    with RawServer(http()) as new, ShimServer(shim(), new.url) as server:
        main = threading.main_thread().ident or 0
        threading.Timer(0.2, signal.pthread_kill, (main, signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt):
            server.wait()


COUNT = SecondCall("count", "/a/count?of={query.of}", chosen=True)
TOTAL = {"copy": {"from": "called(count, $.n)", "to": "total"}}


@pytest.mark.parametrize(
    ("second", "body"),
    [
        (http(b'{"n": 45}', JSON), b'{"x":1,"y":2,"total":45}'),
        (http(gzip.compress(b'{"n": 45}'), JSON, "Content-Encoding: gzip"), b'{"x":1,"y":2,"total":45}'),
        (http(b"{}", JSON, status="500 Oops"), BODY),
        (b"", BODY),
        (http(b'{"n": 45, "x": "' + b"x" * LARGEST + b'"}', JSON), BODY),
    ],
    ids=["answered", "coded", "failed", "cut off", "too large"],
)
def test__serve__a_second_call_that_was_chosen__brings_what_was_lost_or_changes_nothing(
    second: bytes, body: bytes
) -> None:
    counted = program(entry("GET /a", TOTAL, calls=(COUNT,)))
    with RawServer(http(BODY, JSON), second) as new, ShimServer(counted, new.url) as server:
        assert body_of(asked(server.url, "/a?of=b", "Authorization: me")) == body
        second_request = new.requests[1]
        assert head_of(second_request)[0] == "GET /a/count?of=b HTTP/1.1"
        assert "Authorization: me" in head_of(second_request)
        assert server.counts["second calls"] == 1


def test__serve__a_second_call_that_nobody_chose__is_not_made() -> None:
    offered = program(entry("GET /a", TOTAL, calls=(replace(COUNT, chosen=False),)))
    with RawServer(http(BODY, JSON)) as new, ShimServer(offered, new.url) as server:
        assert body_of(asked(server.url, "/a?of=b")) == BODY
        assert len(new.requests) == 1
