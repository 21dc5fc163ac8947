"""A TCP relay that makes a link as bad as the customer's: late, narrow, cut, stalled or silent, by a timeline.

It stands alone (standard library only): this machine runs it by its path, a container by its text. It takes one job as
JSON, prints where it listens, and goes on until TERM, or until its standard input ends where the job has a `tether`.
What happens follows from the job's seed, the link, the connection's number and the direction, and from nothing else.

    {"links": [{"name": "plugin-system", "listen": "127.0.0.1:0", "connect": "10.0.0.2:80", "timeline": [{"at": 0, …}]}],
     "seed": "1/0", "tether": true}

The timelines begin with the signal USR1; until then all is as it is at their beginning. A job with a `control` name can be
told other timelines later: `relay.py --tell NAME JOB` (`links`: name -> timeline).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import random
import signal
import socket
import struct
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

PIECE = 16 * 1024
"""The most bytes that are passed on at once."""
IN_FLIGHT = 256
"""The most pieces that are on their way in one direction of a connection; then the sender has to wait."""
_BURST = 16 * 1024
_TICK = 0.02
_BACKLOG = 1024


@dataclass(frozen=True)
class Fault:
    """What is wrong from `at` on (seconds from the beginning): delays in seconds, `up` and `down` in bits a second, shares of
    connections. `up` is the way to the server."""

    at: float = 0.0
    latency: float = 0.0
    jitter: float = 0.0
    up: float | None = None
    down: float | None = None
    reset: float = 0.0
    stall: float = 0.0
    partition: bool = False


@dataclass
class Plan:
    """The faults of one link over time. `lots` counts the connections that it was asked about."""

    name: str
    seed: str = ""
    timeline: list[Fault] = field(default_factory=lambda: [Fault()])
    begun: float = math.inf
    lots: int = 0
    free: dict[str, float] = field(default_factory=dict)

    def now(self) -> Fault:
        """What is wrong now."""
        passed = max(0.0, time.monotonic() - self.begun)
        return next((fault for fault in reversed(self.timeline) if fault.at <= passed), Fault())

    async def connected(self) -> None:
        """Returns when nothing cuts the two sides off from each other."""
        while self.now().partition:
            await asyncio.sleep(_TICK)

    async def room(self, way: str, size: int) -> None:
        """Returns when so many bytes have passed: a token bucket for each way of the link, as tc-tbf(8) has it."""
        rate = getattr(self.now(), way)
        if rate is not None:
            clock = asyncio.get_running_loop().time()
            self.free[way] = max(self.free.get(way, 0.0), clock - _BURST * 8 / rate) + size * 8 / rate
            await asyncio.sleep(self.free[way] - clock)


class Fate:
    """What a plan has in store for one connection: drawn once for each plan, in the order in which they come to it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        lot = f"{plan.seed}/{plan.name}/{plan.lots}"
        plan.lots += 1
        luck = random.Random(lot)  # noqa: S311 (no secret: it has to be the same each time)
        self.reset, self.stall = luck.random(), luck.random()
        self.ways = {way: random.Random(f"{lot}/{way}") for way in ("up", "down")}  # noqa: S311

    def delay(self, way: str) -> float:
        """Seconds that a piece takes longer."""
        fault = self.plan.now()
        swing = self.ways[way].uniform(-fault.jitter, fault.jitter) if fault.jitter else 0.0
        return max(0.0, fault.latency + swing)

    def end(self) -> str:
        """How an answer ends before it is whole: `reset`, `stall`, or "" where it does not."""
        fault = self.plan.now()
        return "reset" if self.reset < fault.reset else "stall" if self.stall < fault.stall else ""


class Link:
    """One listening address and where it leads."""

    def __init__(self, job: dict[str, Any], seed: str) -> None:
        self.listen, self.connect = _address(job["listen"]), _address(job["connect"])
        self.plan = Plan(job["name"])
        self.follow(job.get("timeline", [{}]), seed)
        self._open: set[Connection] = set()  # asyncio holds its streams weakly: a half-closed one would be collected

    def follow(self, timeline: list[dict[str, Any]], seed: str) -> None:
        """Takes another timeline; connections that are there draw their lots anew."""
        self.plan = Plan(self.plan.name, seed, [Fault(**each) for each in timeline])

    async def serve(self) -> str:
        """Listens, and says where."""
        server = await asyncio.start_server(self._accept, *self.listen, backlog=_BACKLOG, limit=PIECE)
        host, port = server.sockets[0].getsockname()[:2]
        return f"{host}:{port}"

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self, reader, writer)
        self._open.add(connection)
        with contextlib.suppress(asyncio.CancelledError):  # only the relay's end does that
            await connection.carry()
        self._open.discard(connection)


class Connection:
    """A client's connection and ours to the server, for as long as both want it."""

    def __init__(self, link: Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.link = link
        self.reader, self.writer = reader, writer
        self._fate = Fate(link.plan)
        self._asked = True
        self._left = asyncio.Event()

    @property
    def fate(self) -> Fate:
        """What is in store for it by the link's plan of today."""
        if self._fate.plan is not self.link.plan:
            self._fate = Fate(self.link.plan)
        return self._fate

    async def carry(self) -> None:
        """Until both directions have ended; what breaks one side resets the other."""
        ends = [self.writer]
        try:
            await asyncio.sleep(self.fate.delay("up") + self.fate.delay("down"))  # the handshake went there and back
            await self.link.plan.connected()
            reader, writer = await asyncio.open_connection(*self.link.connect, limit=PIECE)
            ends.append(writer)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._way("up", self.reader, writer))
                both.create_task(self._way("down", reader, self.writer))
        except* OSError:
            for end in ends:
                reset(end)
        finally:
            for end in ends:
                end.close()

    async def _way(self, way: str, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        pieces: asyncio.Queue[tuple[float, bytes, str]] = asyncio.Queue(IN_FLIGHT)
        async with asyncio.TaskGroup() as both:
            both.create_task(self._take(way, source, pieces))
            both.create_task(self._give(way, pieces, sink))

    async def _take(
        self, way: str, source: asyncio.StreamReader, pieces: asyncio.Queue[tuple[float, bytes, str]]
    ) -> None:
        """What comes, with the moment from which on it may be on the other side, after all that came earlier."""
        end = ""
        while not end:
            piece = await source.read(PIECE)
            due = asyncio.get_running_loop().time() + self.fate.delay(way)
            end = self._end_of(way, piece)
            await pieces.put((due, begun(piece) if end in ("reset", "stall") else piece, end))

    def _end_of(self, way: str, piece: bytes) -> str:
        """`eof`, or what cuts an answer off as soon as there is something of it, or ""."""
        if not piece:
            if way == "up":
                self._left.set()
            return "eof"
        answer, self._asked = way == "down" and self._asked, way == "up" or (self._asked and is_head(piece))
        return self.fate.end() if answer and not is_head(piece) else ""

    async def _give(
        self, way: str, pieces: asyncio.Queue[tuple[float, bytes, str]], sink: asyncio.StreamWriter
    ) -> None:
        end = ""
        while not end:
            due, piece, end = await pieces.get()
            await asyncio.sleep(due - asyncio.get_running_loop().time())
            await self._send(way, piece, sink)
        if end == "stall":
            await self._left.wait()  # nothing more comes, until the client has had enough
        elif end == "eof":
            await self.link.plan.connected()
            sink.write_eof()
            return
        await asyncio.sleep(_TICK)  # a reset would take along what the kernel has not sent yet
        raise ConnectionResetError(end)

    async def _send(self, way: str, piece: bytes, sink: asyncio.StreamWriter) -> None:
        """In parts as small as the rate asks for, none of them while the two sides are cut off."""
        while piece:
            rate = getattr(self.link.plan.now(), way)
            part = piece[: max(1448, int(rate / 8 * _TICK))] if rate else piece
            await self.link.plan.room(way, len(part))
            await self.link.plan.connected()
            sink.write(part)
            await sink.drain()
            piece = piece[len(part) :]


def is_head(piece: bytes) -> bool:
    """Whether it is the head of an HTTP answer and nothing of its body, which comes by itself from many servers."""
    return piece.startswith(b"HTTP/") and piece.find(b"\r\n\r\n") in (-1, len(piece) - 4)


def begun(piece: bytes) -> bytes:
    """What passes of an answer that is cut off: half of it, and an HTTP answer's head, so that it is its body that lacks."""
    head, gap, _ = piece.partition(b"\r\n\r\n")
    body = len(head + gap) if gap and piece.startswith(b"HTTP/") else 0
    return piece[: (body + len(piece)) // 2]


def reset(end: asyncio.StreamWriter) -> None:
    """Closes it so that the other side sees a reset."""
    with contextlib.suppress(OSError):  # it is closed already
        end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    end.transport.abort()


def begin(links: list[Link]) -> None:
    """From now on the timelines count."""
    for link in links:
        link.plan.begun = time.monotonic()


async def run(job: dict[str, Any]) -> None:
    """Serves the job's links until it is told to end."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    links = [Link(each, job.get("seed", "")) for each in job["links"]]
    loop.add_signal_handler(signal.SIGUSR1, begin, links)
    listening = [await link.serve() for link in links]
    if "control" in job:
        await asyncio.start_unix_server(_teller({link.plan.name: link for link in links}), "\0" + job["control"])
    if job.get("tether"):
        loop.add_reader(sys.stdin.fileno(), ended.set)
    sys.stdout.write(json.dumps({"listening": listening}) + "\n")
    sys.stdout.flush()
    await ended.wait()


def _teller(links: dict[str, Link]) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def told(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        job = json.loads(await reader.read())
        for name, timeline in job["links"].items():
            links[name].follow(timeline, job["seed"])
        writer.write(b"followed")
        writer.close()

    return told


def tell(control: str, job: str) -> None:
    """Hands a running relay its new timelines; returns when it follows them. Raises OSError where there is none."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect("\0" + control)
        line.sendall(job.encode())
        line.shutdown(socket.SHUT_WR)
        if line.recv(64) != b"followed":
            raise ConnectionError("the relay did not follow")


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host, int(port)


if __name__ == "__main__":
    if sys.argv[1] == "--tell":
        tell(sys.argv[2], sys.argv[3])
    else:
        asyncio.run(run(json.loads(sys.argv[1])))
