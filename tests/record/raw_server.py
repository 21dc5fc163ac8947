"""A real HTTP server that keeps the bytes of every request and answers with bytes: nothing hides what was on the wire."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

Answer = bytes | Callable[[bytes], bytes]


def http(body: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
    """An answer with a body, its length, and further header lines."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


class RawServer:
    """Answers each request with the next of `answers` (the last again and again), then closes the connection.

    With `linger` it closes only when a next request comes, or the client goes; `tls` is a certificate and its key, as files.
    """

    def __init__(
        self,
        *answers: Answer,
        host: str = "127.0.0.1",
        linger: bool = False,
        tls: tuple[Path, Path] | None = None,
    ) -> None:
        self.requests: list[bytes] = []
        outer, remaining = self, list(answers)

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                request = _read(self)
                outer.requests.append(request)
                answer = remaining.pop(0) if len(remaining) > 1 else remaining[0]
                self.wfile.write(answer(request) if callable(answer) else answer)
                if linger:
                    self.rfile.readline()

        self._server = socketserver.ThreadingTCPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self.url = f"{'https' if tls else 'http'}://{host}:{self._server.server_address[1]}"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def head_of(request: bytes) -> list[str]:
    """The request line and the header lines."""
    return request.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")


def body_of(request: bytes) -> bytes:
    return request.partition(b"\r\n\r\n")[2]


def _read(handler: socketserver.StreamRequestHandler) -> bytes:
    lines = []
    while (line := handler.rfile.readline()) not in (b"\r\n", b""):
        lines.append(line)
    length = next((int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")), 0)
    chunked = any(line.lower().startswith(b"transfer-encoding: chunked") for line in lines)
    return b"".join(lines) + b"\r\n" + (_chunks(handler) if chunked else handler.rfile.read(length))


def _chunks(handler: socketserver.StreamRequestHandler) -> bytes:
    body = b""
    while size := int(handler.rfile.readline(), 16):
        body += handler.rfile.read(size)
        handler.rfile.readline()
    handler.rfile.readline()
    return body


def free_address() -> str:
    """An address where nobody listens."""
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        return f"http://127.0.0.1:{server.server_address[1]}"
