"""What every recorder does: the same of our own proxy, and of mitmproxy beside a plugin that has the address in its code."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from playwright.sync_api import expect, sync_playwright

from harness.model.exchange import Exchange, Response
from harness.record.browser import ARGUMENTS, find_browser
from harness.record.mitm import InterceptingRecorder
from harness.record.proxy import RecordingProxy
from harness.record.recorder import Recorder, recorder
from harness.record.stream import read_exchanges
from harness.record.trust import spki_hash
from tests.environments.tiny import eventually
from tests.record.plugs import ADDRESS, BOTH, KNOWN, asked, dial, get, processes, recording, rest, until
from tests.record.raw_server import RawServer, body_of, head_of, http

both = pytest.mark.parametrize("kind", BOTH)


def only(recorder: Recorder) -> Exchange:
    (exchange,) = recorder.recording().exchanges
    return exchange


def ended(recorder: Recorder, number: int = 1) -> Exchange:
    """The exchange of that number once it has ended: its last bytes reach the plugin before it is closed."""
    while len(found := recorder.recording().exchanges) < number or "not ended" in str(found[number - 1].error):
        time.sleep(0.01)
    return found[number - 1]


def answer(exchange: Exchange) -> Response:
    assert exchange.response is not None
    return exchange.response


@contextmanager
def serving(app: web.Application) -> Iterator[str]:
    """The address of an application that is served by a thread of its own."""
    started: Future[tuple[str, Callable[[], object]]] = Future()

    async def serve() -> None:
        runner, over, loop = web.AppRunner(app, shutdown_timeout=0.1), asyncio.Event(), asyncio.get_running_loop()
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        started.set_result((url, lambda: loop.call_soon_threadsafe(over.set)))
        await over.wait()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    url, end = started.result(10)
    try:
        yield url
    finally:
        end()
        thread.join()


@pytest.mark.parametrize(
    ("upstream", "known_as", "kind"),
    [
        ("http://127.0.0.1:1", [], RecordingProxy),
        ("http://127.0.0.1:1", [ADDRESS], InterceptingRecorder),
        ("https://127.0.0.1:1", [], InterceptingRecorder),
    ],
)
def test__recorder__for_an_address__is_the_simplest_that_can(upstream: str, known_as: list[str], kind: type) -> None:
    assert isinstance(recorder(upstream, known_as=known_as), kind)


@both
def test__recorder__a_call__passes_as_it_came_and_is_kept_as_it_was_asked(kind: str) -> None:
    target = "/a%2Fb%7e/../c//d?q=%20+&x={[|]}^&q"
    body = gzip.compress(b'{"a": 1}', mtime=0)
    with (
        RawServer(http(body, "Content-Encoding: gzip", "X-b: 1", "x-B: 2")) as system,
        recording(kind, system.url) as made,
    ):
        received = get(made.reached, target, "X-a: 1", "x-A: 2", "Cookie: a=b")
        assert head_of(received)[:4] == ["HTTP/1.1 200 OK", "Content-Encoding: gzip", "X-b: 1", "x-B: 2"]
        assert body_of(received) == body
        host = made.reached.url.partition("://")[2]
        passed = head_of(system.requests[0])
        assert passed[:5] == [f"GET {target} HTTP/1.1", f"Host: {host}", "X-a: 1", "X-a: 2", "Cookie: a=b"]
        assert not [line for line in passed if line.lower().startswith(("via", "proxy-", "x-forwarded", "accept"))]
        exchange = ended(made)
        assert exchange.request.url == made.reached.url + target
        assert exchange.request.headers[1:4] == (("X-a", "1"), ("x-A", "2"), ("Cookie", "a=b"))
        assert (answer(exchange).body, exchange.error, exchange.meta) == (b'{"a": 1}', None, {"dest": "empty"})


@both
@pytest.mark.parametrize("framing", ["Content-Length: 3", "Transfer-Encoding: chunked"])
def test__recorder__a_posted_body__reaches_the_system_and_the_recording(kind: str, framing: str) -> None:
    body = b"a=1" if "Length" in framing else b"3\r\na=1\r\n0\r\n\r\n"
    with RawServer(http(b"ok")) as system, recording(kind, system.url) as made:
        head = f"POST /p HTTP/1.1\r\nHost: {made.reached.url.partition('://')[2]}\r\n{framing}\r\nConnection: close\r\n\r\n"
        assert asked(made.reached, head.encode() + body).endswith(b"ok")
        assert body_of(system.requests[0]) == b"a=1"
        assert ended(made).request.body == b"a=1"


@both
def test__recorder__calls_on_one_connection__are_answered_on_it(kind: str) -> None:
    call = b"GET /a HTTP/1.1\r\nHost: erp.example\r\n\r\n"
    with RawServer(http(b"one.")) as system, recording(kind, system.url) as made, dial(made.reached) as connection:
        for _ in range(3):
            connection.sendall(call)
            assert until(connection, b"one.").endswith(b"one.")
        assert len(system.requests) == 3


@both
def test__recorder__an_event_stream__passes_as_it_comes_and_is_kept_as_far_as_it_came(kind: str) -> None:
    over = threading.Event()

    async def events(request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        await stream.write(b"data: 1\n\n")
        await asyncio.to_thread(over.wait, 10)
        await stream.write(b"data: 2\n\n")
        await asyncio.sleep(60)
        return stream

    app = web.Application()
    app.router.add_get("/events", events)
    with serving(app) as url, recording(kind, url) as made:
        with dial(made.reached) as connection:
            connection.sendall(b"GET /events HTTP/1.1\r\nHost: erp.example\r\nAccept: text/event-stream\r\n\r\n")
            assert b"data: 1" in until(connection, b"data: 1")
            assert answer(only(made)).body == b"data: 1\n\n"
            over.set()
            assert b"data: 2" in until(connection, b"data: 2")
        exchange = ended(made)
        assert answer(exchange).body == b"data: 1\n\ndata: 2\n\n"
        assert exchange.error == "the client went away before the answer ended"
        assert exchange.elapsed > 0


async def echo(request: web.Request) -> web.StreamResponse:
    ready = web.WebSocketResponse(protocols=["chat"])
    await ready.prepare(request)
    await ready.send_str("hello")
    async for message in ready:
        await (ready.send_str(message.data + "!") if isinstance(message.data, str) else ready.send_bytes(b"\xff"))
    return ready


async def talk(made: Recorder) -> list[object]:
    reached = made.reached
    trusted = ssl.create_default_context(cafile=reached.ca) if reached.ca else True
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{reached.url}/ws?a=1", proxy=reached.proxy, ssl=trusted, protocols=["chat"]) as opened,
    ):
        wire = opened.get_extra_info("socket")
        heard: list[object] = [opened.protocol, await opened.receive_str()]
        await opened.send_str("hé")
        heard.append(await opened.receive_str())
        await opened.send_bytes(b"\x00")
        heard.append(await opened.receive_bytes())
    while wire.fileno() >= 0:  # TLS says good-bye after the session has closed: the loop must not end before
        await asyncio.sleep(0.01)
    return heard


@both
def test__recorder__a_web_socket__passes_and_its_messages_are_kept(kind: str, tmp_path: Path) -> None:
    app = web.Application()
    app.router.add_get("/ws", echo)
    keep = tmp_path / "kept.har.ndjson"
    with serving(app) as url, recording(kind, url, keep=keep) as made:
        begun = time.time()
        assert asyncio.run(talk(made)) == ["chat", "hello", "hé!", b"\xff"]
        exchange = ended(made)
        assert (answer(exchange).status, exchange.error, exchange.meta["dest"]) == (101, None, "websocket")
        said = [(each["type"], each["opcode"], each["data"]) for each in exchange.meta["messages"]]
        assert said == [
            ("receive", 1, "hello"),
            ("send", 1, "hé"),
            ("receive", 1, "hé!"),
            ("send", 2, "AA=="),
            ("receive", 2, "/w=="),
        ]
        times = [begun, *(each["time"] for each in exchange.meta["messages"]), time.time()]
        assert times == sorted(times)
    assert [each.meta for each in read_exchanges(keep)] == [exchange.meta]


@both
@pytest.mark.parametrize("method", ["POST", "OPTIONS"])
def test__recorder__what_our_own_code_tells__is_swallowed_and_added_to_the_reads(
    kind: str, method: str, tmp_path: Path
) -> None:
    reads = tmp_path / "reads"
    body = b'{"place": "$.a"}\n' if method == "POST" else b""
    lines = [f"{method} /__backfit__/reads?x HTTP/1.1", "Host: erp.example", f"Content-Length: {len(body)}"]
    call = "\r\n".join([*lines, "Connection: close", "", ""])
    with RawServer(http(b"no")) as system, recording(kind, system.url, reads=reads) as made:
        received = [asked(made.reached, call.encode() + body) for _ in range(2)]
        assert all(each.startswith(b"HTTP/1.1 204") and b"Access-Control-Allow-Origin: *" in each for each in received)
        assert (system.requests, made.recording().exchanges) == ([], ())
        assert (reads.read_bytes() if reads.exists() else b"") == body * 2


@both
def test__recorder__the_script_of_a_worker__is_served_with_the_prelude_and_kept_without(kind: str) -> None:
    script = b"'use strict';\nlet a = 1;"
    served = http(gzip.compress(script), "Content-Type: text/javascript", "Content-Encoding: gzip", 'ETag: "1"')
    with RawServer(served) as system, recording(kind, system.url, prelude=b"ours();") as made:
        received = get(made.reached, "/w.js", "Sec-Fetch-Dest: serviceworker", "Accept-Encoding: gzip")
        assert body_of(received) == b'"use strict";ours();' + script
        assert not [line for line in head_of(received) if line.lower().startswith("content-encoding")]
        assert f"Content-Length: {len(body_of(received))}" in head_of(received)
        assert answer(ended(made)).body == script
        assert gzip.decompress(body_of(get(made.reached, "/w.js", "Sec-Fetch-Dest: script"))) == script


BROKEN_ANSWERS = [
    (b"", None, b"", "Disconnected"),
    (b"garbage\r\n\r\n", None, b"", "Bad status line"),
    (b"HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n", None, b"", "status 99"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", 200, b"half", "ClientPayloadError"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf", 200, b"half", "ClientPayloadError"),
]


@both
@pytest.mark.parametrize(("served", "status", "body", "error"), BROKEN_ANSWERS)
def test__recorder__a_system_that_breaks_off__is_told_and_the_next_call_goes_on(
    kind: str, served: bytes, status: int | None, body: bytes, error: str
) -> None:
    with RawServer(served, http(b"ok")) as system, recording(kind, system.url) as made:
        received = get(made.reached, "/a")
        assert len(system.requests) == 1
        if status is None:
            assert received.startswith(b"HTTP/1.1 502")
        else:
            assert b"half" in received
            assert not received.endswith(b"0\r\n\r\n")
        exchange = ended(made)
        response = exchange.response
        assert (response and response.status, response.body if response else b"") == (status, body)
        assert error in str(exchange.error)
        assert get(made.reached, "/b").endswith(b"ok")
        assert ended(made, 2).error is None


BROKEN_REQUESTS = [
    b"\x00\x01\x02\r\n\r\n",
    b"POST /a HTTP/1.1\r\nHost: erp.example\r\nContent-Length: x\r\n\r\n",
    b"GET /a HTTP/1.1\r\nHost: erp.example\r\nX: " + b"x" * 300_000 + b"\r\n\r\n",
    b"GET /a HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n",
    b"GET http://[/x HTTP/1.1\r\nHost: erp.example\r\nConnection: close\r\n\r\n",
]


@both
@pytest.mark.parametrize("sent", BROKEN_REQUESTS)
def test__recorder__a_plugin_that_speaks_no_http__hinders_nobody(kind: str, sent: bytes, tmp_path: Path) -> None:
    keep = tmp_path / "kept.har.ndjson"
    with RawServer(http(b"ok")) as system, recording(kind, system.url, keep=keep) as made:
        with dial(made.reached) as connection:
            connection.sendall(sent)
            rest(connection)
        assert get(made.reached, "/b").endswith(b"ok")
        held = made.recording().exchanges
        assert held[-1].request.path == "/b"
        assert all(each.error or each.response for each in held)
    assert [each.request.path for each in read_exchanges(keep)][-1] == "/b"


def test__recorder__a_request_that_cannot_be_read__is_kept_with_what_is_wrong() -> None:
    with RawServer(http(b"ok")) as system, recorder(system.url) as made:
        asked(made.reached, b"POST /a?b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
        exchange = only(made)
        assert (exchange.request.method, exchange.request.url) == ("POST", "http://h/a?b")
        assert "no HTTP: Invalid character in chunk size" in str(exchange.error)
        assert exchange.meta["incomplete"] is True
        assert system.requests == []


@both
def test__recorder__a_plugin_that_breaks_off_in_its_body__is_kept_as_incomplete(kind: str) -> None:
    with RawServer(http(b"ok")) as system, recording(kind, system.url) as made:
        with dial(made.reached) as connection:
            connection.sendall(b"POST /a HTTP/1.1\r\nHost: erp.example\r\nContent-Length: 9\r\n\r\nhalf")
            while not made.recording().exchanges:
                time.sleep(0.01)
        exchange = ended(made)
        assert (exchange.response, exchange.meta.get("incomplete")) == (None, True)
        assert exchange.error
        assert get(made.reached).endswith(b"ok")


def test__recorder__a_body_that_goes_wrong_on_the_way__is_the_plugins_fault_and_not_the_systems() -> None:
    with RawServer(http(b"ok")) as system, recorder(system.url) as made, dial(made.reached) as connection:
        connection.sendall(b"POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ngood\r\n")
        while not made.recording().exchanges or only(made).request.body != b"good":
            time.sleep(0.01)
        connection.sendall(b"zz\r\n")
        assert rest(connection).startswith(b"HTTP/1.1 400")
        exchange = ended(made)
        assert "the request broke off: " in str(exchange.error)
        assert (exchange.request.body, exchange.meta["incomplete"]) == (b"good", True)


def _has_lines(file: Path, number: int) -> bool:
    return len(file.read_text().splitlines()) == number


@both
def test__recorder__each_exchange_that_ended__is_in_the_journal_at_once_and_redacted_there_only(
    kind: str, tmp_path: Path
) -> None:
    keep = tmp_path / "kept.har.ndjson"

    def redact(exchange: Exchange) -> Exchange:
        return replace(exchange, request=replace(exchange.request, headers=()))

    with RawServer(http(b"ok")) as system, recording(kind, system.url, keep=keep, redact=redact) as made:
        for number in (1, 2, 3):
            get(made.reached, f"/{number}", "Authorization: secret")
            ended(made, number)
            assert eventually(partial(_has_lines, keep, number))
            told = [json.loads(line) for line in keep.read_text().splitlines()]
            assert [each["request"]["url"].rpartition("/")[2] for each in told] == ["1", "2", "3"][:number]
        assert "secret" not in keep.read_text()
        assert all(("Authorization", "secret") in each.request.headers for each in made.recording().exchanges)


def most_memory(made: Recorder) -> int:
    """MiB that this process and the recorder's have held at once since that was last forgotten."""
    others = processes(str(made.reached.ca.parent)) if made.reached.ca else []
    texts = [Path(f"/proc/{process}/status").read_text() for process in ("self", *others)]
    lines = [line for text in texts for line in text.splitlines() if line.startswith("VmHWM:")]
    return sum(int(line.split()[1]) for line in lines) // 1024


BLOCK = bytes(range(256)) * 4096
MANY = 400


async def swallow(request: web.Request) -> web.StreamResponse:
    size = 0
    async for chunk in request.content.iter_any():
        size += len(chunk)
    return web.Response(text=f"{size}.")


async def pour(request: web.Request) -> web.StreamResponse:
    stream = web.StreamResponse()
    await stream.prepare(request)
    for _ in range(MANY):
        await stream.write(BLOCK)
    return stream


@both
@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "POST"])
def test__recorder__hundreds_of_megabytes__stream_through_and_are_kept_in_part(kind: str, method: str) -> None:
    app = web.Application(client_max_size=0)
    app.router.add_get("/many", pour)
    app.router.add_post("/many", swallow)
    sent = MANY if method == "POST" else 0
    with serving(app) as url, recording(kind, url) as made:
        Path("/proc/self/clear_refs").write_text("5")  # forget the most that was held until now
        before = most_memory(made)
        with dial(made.reached) as connection:
            head = f"{method} /many HTTP/1.1\r\nHost: erp.example\r\nContent-Length: {sent << 20}\r\nConnection: close\r\n\r\n"
            connection.sendall(head.encode())
            for _ in range(sent):
                connection.sendall(BLOCK)
            received, last = 0, b""
            while piece := connection.recv(1 << 20):
                received, last = received + len(piece), piece
        assert b"%d." % (MANY << 20) in last if sent else received > MANY << 20
        assert most_memory(made) - before < 150
        exchange = ended(made)
        assert len(exchange.request.body) + len(answer(exchange).body) == pytest.approx(32 << 20, abs=99)
        assert "only the first 33554432 bytes" in exchange.meta["note"]
        assert exchange.meta.get("incomplete") is (True if sent else None)


@both
@pytest.mark.slow
def test__recorder__silent_connections_by_the_hundred__lock_nobody_out(kind: str) -> None:
    with RawServer(http(b"ok")) as system, recording(kind, system.url) as made:
        idle: list[socket.socket] = []
        try:
            for number in range(2500 if kind != KNOWN else 300):
                idle.append(dial(made.reached))
                if number % 2:
                    idle[-1].sendall(b"GET /never HTTP/1.1\r\nHost: erp.exam")
            assert get(made.reached).endswith(b"ok")
        finally:
            for each in idle:
                each.close()


@pytest.mark.parametrize("at", ["http://other.example", "https://other.example", "https://erp.example:8443"])
def test__recorder__a_host_that_is_not_the_system__is_refused_by_policy(at: str) -> None:
    with RawServer(http(b"ok")) as system, recording(KNOWN, system.url) as made:
        received = get(made.reached, "/a", origin=at)
        assert received.startswith(b"HTTP/1.1 502")
        assert b"refused by policy" in received
        exchange = ended(made)
        assert (exchange.request.url, exchange.response, exchange.meta["elsewhere"]) == (f"{at}/a", None, at)
        assert "refused by policy" in str(exchange.error)
        assert system.requests == []


@pytest.mark.parametrize(
    "at", ["http://erp.example", "https://erp.example", "https://ERP.example", "http://old.example:81"]
)
def test__recorder__each_address_of_the_system__leads_to_it(at: str) -> None:
    known: dict[str, Any] = {"known_as": ["https://erp.example", "http://old.example:81"]}
    with RawServer(http(b"ok")) as system, recorder(system.url, **known) as made:
        assert get(made.reached, "/a", origin=at).endswith(b"ok")
        assert f"Host: {at.partition('://')[2]}" in head_of(system.requests[0])
        assert ended(made).request.url == f"{at}/a"


def test__recorder__an_allowed_host__is_reached_and_marked_as_elsewhere() -> None:
    with (
        RawServer(http(b"the system")) as system,
        RawServer(http(b"another")) as other,
        recorder(system.url, known_as=[ADDRESS], allowed=[other.url]) as made,
    ):
        assert get(made.reached, "/a?b", origin=other.url).endswith(b"another")
        exchange = ended(made)
        assert (exchange.request.url, exchange.meta["elsewhere"]) == (f"{other.url}/a?b", other.url)
        assert system.requests == []


PAGE = """<!doctype html><title>waiting</title><script>
const told = [];
const tell = (what) => { told.push(what); if (told.length === 4) document.title = told.sort().join(" "); };
const events = new EventSource("/events");
events.onmessage = (event) => { if (event.data === "2") { events.close(); tell("events"); } };
const socket = new WebSocket(location.origin.replace("http", "ws") + "/ws");
socket.onmessage = (event) => {
  if (event.data === "hello") socket.send("h\u00e9"); else { socket.close(); tell("socket"); }
};
new Worker("/worker.js").onmessage = (event) => tell(event.data);
navigator.serviceWorker.register("/service.js").then((made) => {
  navigator.serviceWorker.addEventListener("message", (event) => tell(event.data));
});
</script>"""
WORKER = "'use strict'; postMessage(ours);"
SERVICE = """onactivate = (event) => event.waitUntil(
  clients.claim().then(() => clients.matchAll()).then((all) => all[0].postMessage("service")));"""
PRELUDE = b"var ours = 'worker'; fetch('/__backfit__/reads', {method: 'POST', body: '{}\\n', mode: 'no-cors'});"


def site() -> web.Application:
    async def events(request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        for number in (1, 2):
            await stream.write(b"data: %d\n\n" % number)
        await asyncio.sleep(60)
        return stream

    def page(text: str, kind: str) -> Any:
        async def served(request: web.Request) -> web.Response:
            headers = {"Content-Security-Policy": "default-src 'self' 'unsafe-inline'"}
            return web.Response(text=text, content_type=kind, headers=headers)

        return served

    app = web.Application()
    app.router.add_get("/", page(PAGE, "text/html"))
    app.router.add_get("/worker.js", page(WORKER, "text/javascript"))
    app.router.add_get("/service.js", page(SERVICE, "text/javascript"))
    app.router.add_get("/events", events)
    app.router.add_get("/ws", echo)
    return app


@both
@pytest.mark.browser
@pytest.mark.slow
def test__recorder__before_chromium__keeps_events_and_messages_and_begins_workers(kind: str, tmp_path: Path) -> None:
    reads = tmp_path / "reads"
    with (
        serving(site()) as url,
        recording(kind, url, reads=reads, prelude=PRELUDE) as made,
        sync_playwright() as player,
    ):
        reached = made.reached
        arguments = [each for each in ARGUMENTS if not each.startswith(("--no-proxy-server", "--host-resolver"))]
        if reached.ca:
            arguments.append(f"--ignore-certificate-errors-spki-list={spki_hash(reached.ca)}")
        proxy: Any = {"server": reached.proxy} if reached.proxy else None
        browser = player.chromium.launch(executable_path=find_browser(), args=arguments, proxy=proxy)
        try:
            page = browser.new_page()
            page.goto(reached.url)
            expect(page).to_have_title("events service socket worker", timeout=30_000)
        finally:
            browser.close()
        held = made.recording().exchanges
    assert all(each.response is None for each in held if "elsewhere" in each.meta)  # what a browser does by itself
    calls = {each.request.path: each for each in held if "elsewhere" not in each.meta}
    assert set(calls) >= {"/", "/events", "/ws", "/worker.js", "/service.js"}
    assert all(each.request.url == reached.url + each.request.path for each in calls.values())
    assert answer(calls["/events"]).body == b"data: 1\n\ndata: 2\n\n"
    said = [(each["type"], each["data"]) for each in calls["/ws"].meta["messages"]]
    assert said == [("receive", "hello"), ("send", "h\u00e9"), ("receive", "h\u00e9!")]
    assert answer(calls["/worker.js"]).body == WORKER.encode()
    assert reads.read_bytes() == b"{}\n" * 2
