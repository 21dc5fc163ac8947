"""Both recorders before one system, and sockets that reach it through them: one suite asks the same of each."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from harness.record.recorder import Recorder, recorder
from harness.record.setting import Reached

OWN, KNOWN = "own", "known"
BOTH = (OWN, KNOWN)
"""Our own proxy in the system's place, and mitmproxy beside a plugin that has `https://erp.example` in its code."""

ADDRESS = "https://erp.example"


@contextmanager
def recording(kind: str, upstream: str, **more: Any) -> Iterator[Recorder]:
    """A recorder of that kind before the system at `upstream`."""
    with recorder(upstream, known_as=[ADDRESS] if kind == KNOWN else [], **more) as opened:
        yield opened


def dial(reached: Reached, origin: str | None = None) -> socket.socket:
    """A connection as the plugin has it to the system, or to another `origin`: through the proxy and with TLS where they are."""
    wanted = urlsplit(origin or reached.url)
    port = wanted.port or (443 if wanted.scheme == "https" else 80)
    through = urlsplit(reached.proxy) if reached.proxy else wanted
    connection = socket.create_connection((str(through.hostname), through.port or port), timeout=60)
    if reached.proxy:
        connection.sendall(
            f"CONNECT {wanted.hostname}:{port} HTTP/1.1\r\nHost: {wanted.hostname}:{port}\r\n\r\n".encode()
        )
        assert b" 200 " in until(connection, b"\r\n\r\n")
    if wanted.scheme != "https":
        return connection
    trusted = ssl.create_default_context(cafile=reached.ca)
    return trusted.wrap_socket(connection, server_hostname=wanted.hostname, suppress_ragged_eofs=True)


def until(connection: socket.socket, end: bytes) -> bytes:
    """What comes, up to `end`, or to where nothing comes any more."""
    received = b""
    while not received.endswith(end) and (piece := connection.recv(1)):
        received += piece
    return received


def rest(connection: socket.socket) -> bytes:
    """What comes until the other side closes."""
    received = b""
    try:
        while piece := connection.recv(65536):
            received += piece
    except ConnectionError:
        pass
    return received


def asked(reached: Reached, request: bytes, origin: str | None = None) -> bytes:
    """All that comes back for the bytes of a request that closes its connection."""
    with dial(reached, origin) as connection:
        connection.sendall(request)
        return rest(connection)


def get(reached: Reached, target: str = "/", *lines: str, origin: str | None = None) -> bytes:
    host = urlsplit(origin or reached.url).netloc
    head = [f"GET {target} HTTP/1.1", f"Host: {host}", *lines, "Connection: close", "", ""]
    return asked(reached, "\r\n".join(head).encode(), origin)


def processes(mark: str) -> list[int]:
    """Those whose command line holds `mark`."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in line.read_bytes():
                found.append(int(line.parent.name))
        except OSError:  # it ended while we looked
            continue
    return found
