"""A small server of a page and of JSON, for tests in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

Answer = tuple[int, bytes]


class Shop:
    """A server of NEW's answers, each by its path; what it was asked is kept."""

    def __init__(self, answers: dict[str, Answer], otherwise: Answer = (404, b"{}")) -> None:
        self.answers, self.otherwise, self.url = answers, otherwise, ""
        self.asked: list[tuple[str, str, bytes]] = []

    @contextmanager
    def up(self) -> Iterator[Shop]:
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                shop.asked.append((self.command, self.path, self.rfile.read(length)))
                status, body = shop.answers.get(self.path.partition("?")[0], shop.otherwise)
                self.send_response(status)
                self.send_header("content-type", "text/html" if body.startswith(b"<") else "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing: tests are quiet."""

        for method in ("GET", "POST", "PATCH"):
            setattr(Handler, f"do_{method}", Handler.answer)
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = Thread(target=server.serve_forever)
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
