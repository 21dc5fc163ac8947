"""Carries what a container sends to its own 127.0.0.1 to the same port of this machine.

The listening sockets were made in the container's network and handed out of it: whoever holds them accepts for it, so
nothing runs inside, no network leads in or out, and the addresses are the same on both sides.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

_MOST = 512
"""Connections at once for each port; further ones wait until one has gone."""
_PIECE = 1 << 16
_PAUSE = 0.1


@contextmanager
def passage(listening: Mapping[int, socket.socket]) -> Iterator[None]:
    """Lead each connection to a socket of `listening` to its port of 127.0.0.1, for as long as the block goes on.

    The sockets are closed at its end, and so are the connections. An end that was cut or reset is passed on as such.
    """
    loop = asyncio.new_event_loop()
    carrying = [loop.create_task(_accepting(each, port)) for port, each in listening.items()]
    thread = threading.Thread(target=_run, args=(loop, carrying), name="passage", daemon=True)
    thread.start()
    try:
        yield
    finally:
        for task in carrying:
            loop.call_soon_threadsafe(task.cancel)
        thread.join()
        for each in listening.values():
            each.close()


def _run(loop: asyncio.AbstractEventLoop, carrying: list[asyncio.Task[None]]) -> None:
    try:
        loop.run_until_complete(_until_all_end(carrying))
    finally:
        loop.close()


async def _until_all_end(carrying: list[asyncio.Task[None]]) -> None:
    await asyncio.gather(*carrying, return_exceptions=True)


async def _accepting(listening: socket.socket, port: int) -> None:
    listening.setblocking(False)
    free = asyncio.Semaphore(_MOST)
    async with asyncio.TaskGroup() as connections:
        while True:
            await free.acquire()
            connection = await _accepted(listening)
            connections.create_task(_carried(connection, port)).add_done_callback(lambda _: free.release())


async def _accepted(listening: socket.socket) -> socket.socket:
    while True:
        try:
            return (await asyncio.get_running_loop().sock_accept(listening))[0]
        except OSError:  # no file is left to open: some other connection has to go first
            await asyncio.sleep(_PAUSE)


async def _carried(inside: socket.socket, port: int) -> None:
    """Until both directions have ended, or one of them broke."""
    there: asyncio.StreamWriter | None = None
    answers, here = await asyncio.open_connection(sock=inside)
    try:
        asked, there = await asyncio.open_connection("127.0.0.1", port)
        async with asyncio.TaskGroup() as both:
            both.create_task(_pump(answers, there))
            both.create_task(_pump(asked, here))
    except* OSError:  # refused, or reset by one of the two: so is the other
        _reset(here)
        if there:
            _reset(there)
    finally:
        for end in filter(None, (here, there)):
            end.close()
            with suppress(OSError):
                await end.wait_closed()


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while piece := await source.read(_PIECE):
        sink.write(piece)
        await sink.drain()
    sink.write_eof()


def _reset(end: asyncio.StreamWriter) -> None:
    """Close it so that the other side sees a reset: what is not yet sent is dropped."""
    with suppress(OSError):
        own: socket.socket = end.get_extra_info("socket")
        own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    end.transport.abort()
