"""A small system and its service in containers, which say what their network is like."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from docker.models.containers import Container

from harness.environments import Environment
from harness.environments.engine import Engine, labels
from harness.environments.network.links import Links
from harness.environments.network.private import PrivateNetwork
from harness.environments.network.sidecar import sidecar_image
from tests.environments.tiny import eventually, ignore

PORT = 7000
SPEAKER = """
import socket, socketserver, sys, time
class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            word, _, rest = line.decode().strip().partition(" ")
            self.wfile.write(SAYS[word](rest)); self.wfile.flush()
def asked(rest):
    with socket.create_connection(("db", 7000), 20) as line:
        line.settimeout(20); line.sendall(rest.encode() + b"\\n"); began = time.monotonic()
        got, wanted = b"", int(rest.split()[1])
        while len(got) < wanted:
            piece = line.recv(65536)
            if not piece: return f"{len(got)} bytes then EOF\\n".encode()
            got += piece
        return f"{time.monotonic() - began}\\n".encode()
def tried(do):
    def trying(rest):
        try: return do(rest)
        except OSError as error: return f"{type(error).__name__} {getattr(error, 'errno', '')}\\n".encode()
    return trying
def opened(rest):
    host, port = rest.split(":"); socket.create_connection((host, int(port)), 2).close(); return b"open\\n"
SAYS = {"bytes": lambda rest: b"x" * int(rest), "ask": tried(asked), "open": tried(opened),
        "take": lambda rest: b"%d\\n" % len(rest),
        "look": tried(lambda rest: socket.gethostbyname(rest).encode() + b"\\n")}
class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads, request_queue_size = True, True, 128
Server(("0.0.0.0", 7000), Handler).serve_forever()
"""


@dataclass(frozen=True)
class Machine:
    """A running system, as `impaired` sees it."""

    url: str
    containers: dict[str, str] = field(default_factory=dict)


def say(url: str, text: str, timeout: float = 30.0) -> str:
    """One line asked of the system at `url`, and its line of answer."""
    host, _, port = url.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout) as line, line.makefile("rwb") as file:
        file.write(text.encode() + b"\n")
        file.flush()
        return file.readline().decode().strip()


def fetch(url: str, size: int, timeout: float = 30.0) -> bytes:
    """So many bytes of the system at `url`; fewer where the connection ends before. Raises OSError."""
    host, _, port = url.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout) as line:
        line.sendall(b"bytes %d\n" % size)
        got = b""
        while len(got) < size and (piece := line.recv(65536)):
            got += piece
        return got


def _answers(url: str) -> bool:
    try:
        return say(url, "take x") == "1"
    except OSError:  # not yet
        return False


@contextmanager
def speaking() -> Iterator[str]:
    """The address of a server of this process that knows `bytes N` and `take …`."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as server:
        threading.Thread(target=_serve, args=(server,), daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def _serve(server: socket.socket) -> None:
    words: dict[str, Callable[[str], bytes]] = {
        "bytes": lambda rest: b"x" * int(rest),
        "take": lambda rest: b"%d\n" % len(rest),
    }

    def answer(line: socket.socket) -> None:
        with line, line.makefile("rwb") as file:
            try:
                for text in file:
                    word, _, rest = text.decode().strip().partition(" ")
                    file.write(words[word](rest))
                    file.flush()
            except OSError:  # the relay reset it
                return

    while True:
        try:
            line, _ = server.accept()
        except OSError:  # it was shut
            return
        threading.Thread(target=answer, args=(line,), daemon=True).start()


@contextmanager
def system_and_service(
    engine: Engine, environment: Environment, run_id: str
) -> Iterator[tuple[Machine, PrivateNetwork]]:
    """Both on a private network, the links of the environment between them."""
    network = PrivateNetwork(engine, run_id, environment.network.egress)
    links = Links(engine, network, environment, run_id)
    made: list[Container] = []

    def start(**options: Any) -> Container:
        image = sidecar_image(engine, run_id, ignore)
        made.append(
            engine.client.containers.create(
                image,
                entrypoint=["python3", "-c", SPEAKER],
                labels=labels(run_id, "test"),
                cap_drop=["ALL"],
                user="65534",
                **options,
            )
        )
        made[-1].start()
        return made[-1]

    try:
        service = start(**network.options([links.alias("db")]))
        links.up({"db": PORT})
        system = start(**network.options(["system"]))
        url = f"http://{network.address(system)}:{PORT}"
        assert eventually(lambda: _answers(url))
        yield Machine(url, {"system": str(system.id), "db": str(service.id)}), network
    finally:
        links.down()
        for each in made:
            each.remove(force=True, v=True)
        network.drop()
