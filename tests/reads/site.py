"""A small system with pages: it answers from a table, and keeps what trackers push to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from harness.reads.pages import PUSH_PATH

JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
SCRIPT = {"Content-Type": "text/javascript; charset=utf-8"}
_BY_SUFFIX = {".js": SCRIPT, ".mjs": SCRIPT, ".css": {"Content-Type": "text/css"}, ".html": HTML}

Answer = tuple[bytes, Mapping[str, str]]


class Site(ThreadingHTTPServer):
    """`routes` by path, with the query or without; what is pushed stands in `pushed`, whatever was asked for in `asked`."""

    daemon_threads = True

    def __init__(self, routes: Mapping[str, Answer | Path]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.routes = dict(routes)
        self.pushed = bytearray()
        self.asked: list[str] = []
        self.headers: dict[str, str] = {}
        """More headers of every answer."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        routes = self.server.routes
        found = routes.get(self.path) or routes.get(self.path.partition("?")[0])
        if isinstance(found, Path):
            found = (found.read_bytes(), _BY_SUFFIX[found.suffix])
        self._answer(200 if found else 404, *(found or (b"", {})))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == PUSH_PATH:
            self.server.pushed += body
            self._answer(204, b"", {"Access-Control-Allow-Origin": "*"})
        else:
            self.server.asked.append(self.path)
            self._answer(200, body, JSON)

    def _answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, **self.server.headers}.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def served(routes: Mapping[str, Answer | Path]) -> Iterator[Site]:
    with Site(routes) as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield site
        finally:
            site.shutdown()
            thread.join()
