"""What recording costs a plugin: a call through each recorder against the same call without, on one kept connection, in turn."""

from __future__ import annotations

import http.client
import multiprocessing
import ssl
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

from harness.record.recorder import recorder
from harness.record.setting import Reached
from harness.redaction.workspace import redactor_of

CALLS = 400
BODY = b'{"rows": [%b]}' % b",".join(b'{"id": %d, "name": "bike number %d"}' % (n, n) for n in range(100))
"""4 kB: a page of a list."""


def added_by_our_proxy() -> float:
    """Milliseconds that our own proxy adds to a call at the median, redaction and journal included."""
    return _added([])


def added_by_mitmproxy() -> float:
    """Milliseconds that mitmproxy and TLS add beside."""
    return _added(["https://erp.example"])


def _added(known_as: list[str]) -> float:
    with (
        _system() as url,
        tempfile.TemporaryDirectory() as folder,
        recorder(
            url,
            known_as=known_as,
            keep=Path(folder) / "kept.har.ndjson",
            redact=redactor_of(Path(folder)).exchange,
        ) as made,
    ):
        plain, through = _connection(Reached(url)), _connection(made.reached)
        times = [(_milliseconds(plain), _milliseconds(through)) for _ in range(CALLS)]
        plain.close()
        through.close()
        assert len(made.recording().exchanges) == CALLS
    return statistics.median(recorded - direct for direct, recorded in times)


def _milliseconds(connection: http.client.HTTPConnection) -> float:
    begun = time.perf_counter()
    connection.request("GET", "/api/rows?page=1")
    assert connection.getresponse().read() == BODY
    return (time.perf_counter() - begun) * 1000


def _connection(reached: Reached) -> http.client.HTTPConnection:
    wanted = urlsplit(reached.url)
    if reached.proxy is None:
        return http.client.HTTPConnection(str(wanted.hostname), wanted.port)
    proxy = urlsplit(reached.proxy)
    trusted = ssl.create_default_context(cafile=reached.ca)
    connection = http.client.HTTPSConnection(str(proxy.hostname), proxy.port, context=trusted)
    connection.set_tunnel(str(wanted.hostname), 443)
    return connection


@contextmanager
def _system() -> Iterator[str]:
    """A server in a process of its own, as systems are."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.kill()
        process.join()


def _serve(pipe: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Rows)
    pipe.send(server.server_address[1])
    server.serve_forever()


class _Rows(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Nobody reads it."""
