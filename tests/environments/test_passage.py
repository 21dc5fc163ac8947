from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from harness.environments.passage import passage

PIECE = bytes(range(256)) * 4096
"""1 MiB."""


@contextmanager
def system(serve: Callable[[socket.socket], None], connections: int = 1) -> Iterator[int]:
    """A port of this machine whose connections are served, each by `serve`."""

    def run() -> None:
        for _ in range(connections):
            connection, _ = listening.accept()
            with connection:
                serve(connection)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=run)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


@contextmanager
def led_to(port: int) -> Iterator[tuple[str, int]]:
    """The address of a socket that stands for the one in a container."""
    inside = socket.create_server(("127.0.0.1", 0))
    address = inside.getsockname()
    with passage({port: inside}):
        yield address


def whole(way: socket.socket) -> bytes:
    return b"".join(iter(lambda: way.recv(1 << 16), b""))


def echo(connection: socket.socket) -> None:
    connection.sendall(whole(connection))


def test__passage__megabytes_after_an_end_of_sending__come_back_whole() -> None:
    with system(echo, 2) as port, led_to(port) as address:
        for size in (0, 8):
            with socket.create_connection(address) as way:
                way.sendall(PIECE * size)
                way.shutdown(socket.SHUT_WR)
                assert whole(way) == PIECE * size


def test__passage__a_reset_of_the_system__is_a_reset() -> None:
    def reset(connection: socket.socket) -> None:
        connection.recv(1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    with system(reset) as port, led_to(port) as address, socket.create_connection(address) as way:
        way.sendall(b"x")
        with pytest.raises(ConnectionResetError):
            way.recv(1)


def test__passage__nobody_listens__is_a_reset() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with led_to(port) as address, socket.create_connection(address) as way, pytest.raises(ConnectionResetError):
        way.recv(1)


def test__passage__at_its_end__closes_what_is_open_and_listens_no_more() -> None:
    came, ended = threading.Event(), threading.Event()

    def until_closed(connection: socket.socket) -> None:
        assert connection.recv(1) == b"x"
        came.set()
        with suppress(ConnectionResetError):
            whole(connection)
        ended.set()

    with system(until_closed) as port:
        with led_to(port) as address:
            way = socket.create_connection(address)
            way.sendall(b"x")
            assert came.wait(30)
        with way, suppress(ConnectionResetError):
            assert way.recv(1) == b""
        assert ended.wait(30)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)


def test__passage__no_ports__ends_at_once() -> None:
    with passage({}):
        pass
    assert "passage" not in {thread.name for thread in threading.enumerate()}
