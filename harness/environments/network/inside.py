"""Runs in the network of a faulty container, with the right to change it: changes rules and queues when that is due, and answers
for the names that the customer's resolver does not give. It takes all of it back when it is told to end.

It stands alone (standard library only): its text is handed to the Python of the sidecar's image. The phases begin with the
signal USR1; until then the first one holds. The job:

    {"phases": [{"at": 0, "rules": [iptables' …], "queues": [tc …]}, …],
     "names": {"erp.example": "missing" | "fails" | "silent"}}
"""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

MARK = 0xBF
"""On what the resolver itself asks, so that it is not led back to it."""
RESPONSE_CODES = {"fails": 2, "missing": 3}
"""SERVFAIL and NXDOMAIN of RFC 1035, section 4.1.1."""
_PATIENCE = 4.0
_PROBE = "backfit-probe.invalid"


class Resolver(asyncio.DatagramProtocol):
    """Answers for `names`, and passes every other question on to the resolver that was there before."""

    def __init__(self, names: dict[str, str], upstream: str) -> None:
        self._names = {name.lower(): how for name, how in names.items()}
        self._upstream = upstream
        self._asked: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: Any) -> None:
        """Called by the loop, with a question."""
        task = asyncio.get_running_loop().create_task(self._reply(data, addr))
        self._asked.add(task)
        task.add_done_callback(self._asked.discard)

    async def _reply(self, question: bytes, asker: Any) -> None:
        if (answer := await self._answer(question)) is not None:
            self._transport.sendto(answer, asker)

    async def _answer(self, question: bytes) -> bytes | None:
        """The answer, None for silence. A name's fate is that of the names below it."""
        name = name_asked(question)
        known = next((how for each, how in self._names.items() if f".{name}".endswith(f".{each}")), None)
        if known == "silent":
            return None
        if known is not None:
            return refusal(question, RESPONSE_CODES[known])
        try:
            return await asyncio.wait_for(self._passed_on(question), _PATIENCE)
        except (OSError, TimeoutError):
            return refusal(question, RESPONSE_CODES["fails"])

    async def _passed_on(self, question: bytes) -> bytes:
        loop = asyncio.get_running_loop()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, MARK)
            line.setblocking(False)
            await loop.sock_connect(line, (self._upstream, 53))
            await loop.sock_sendall(line, question)
            return await loop.sock_recv(line, 65535)


def name_asked(question: bytes) -> str:
    """The name that a DNS message asks for, in lower case; "" where it asks for none."""
    labels, at = [], 12
    while at < len(question) and (size := question[at]):
        labels.append(question[at + 1 : at + 1 + size].decode("ascii", "replace").lower())
        at += 1 + size
    return ".".join(labels)


def refusal(question: bytes, code: int) -> bytes:
    """The answer to `question` that has nothing but a response code."""
    end = 12
    while end < len(question) and question[end]:
        end += 1 + question[end]
    flags = 0x8080 | (question[2] & 0x01) << 8 | code  # a response, recursion available, recursion desired as asked
    return question[:2] + struct.pack(">HHHHH", flags, 1, 0, 0, 0) + question[12 : end + 5]


def upstream() -> str:
    """The resolver that the container has."""
    found = re.search(r"^nameserver\s+(\S+)", Path("/etc/resolv.conf").read_text(), re.M)
    return found[1] if found else "127.0.0.11"


def run(commands: list[list[str]]) -> None:
    """One command after another. Raises RuntimeError with what the first one said that failed."""
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {(done.stderr or done.stdout).strip()}")


async def resolve(names: dict[str, str]) -> list[list[str]]:
    """Answers for the names from now on, in the place of the resolver that was asked so far; gives what undoes it."""
    loop = asyncio.get_running_loop()
    resolver = Resolver({**names, _PROBE: "missing"}, upstream())
    transport, _ = await loop.create_datagram_endpoint(lambda: resolver, ("127.0.0.1", 0))
    port = transport.get_extra_info("sockname")[1]
    rule = ["OUTPUT", "-d", upstream(), "-p", "udp", "--dport", "53", "-m", "mark", "!", "--mark", str(MARK)]
    target = ["-j", "REDIRECT", "--to-ports", str(port)]
    run([["iptables", "-t", "nat", "-I", *rule, *target]])
    await _prove()
    return [["iptables", "-t", "nat", "-D", *rule, *target]]


async def _prove() -> None:
    """Raises RuntimeError where questions do not come here: then nothing would be wrong with any name."""
    question = struct.pack(">HHHHHH", 7, 0x100, 1, 0, 0, 0)
    question += b"".join(bytes([len(part)]) + part.encode() for part in _PROBE.split(".")) + b"\0\0\1\0\1"
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.setblocking(False)
        await loop.sock_connect(line, (upstream(), 53))
        await loop.sock_sendall(line, question)
        try:
            answer = await asyncio.wait_for(loop.sock_recv(line, 512), _PATIENCE)
        except (OSError, TimeoutError):
            answer = b""
    if answer[3:4] != bytes([0x80 | RESPONSE_CODES["missing"]]):
        raise RuntimeError("questions for names cannot be redirected here")


def change(before: dict[str, Any], now: dict[str, Any]) -> None:
    """From one phase to the next, with no moment in between at which neither holds. Raises RuntimeError."""
    run([["iptables", "-I", *rule] for rule in now["rules"]])
    run([["iptables", "-D", *rule] for rule in before["rules"]])
    if before["queues"] != now["queues"]:
        run([["tc", "qdisc", "del", "dev", "eth0", "root"]] if before["queues"] else [])
        run(now["queues"])


async def main(job: dict[str, Any]) -> None:
    """Does the job until it is told to end, and undoes it."""
    loop, begun, ended = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, begun.set)
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    undo = await resolve(job["names"]) if job["names"] else []
    nothing: dict[str, Any] = {"at": 0, "rules": [], "queues": []}
    current, *later = job["phases"] or [nothing]
    change(nothing, current)
    sys.stdout.write(json.dumps({"applied": True}) + "\n")
    sys.stdout.flush()
    await _first_of(begun, ended)
    beginning = loop.time()
    for phase in later:
        if await _first_of(ended, seconds=beginning + phase["at"] - loop.time()):
            break
        change(current, phase)
        current = phase
    await ended.wait()
    change(current, nothing)
    run(undo)


async def _first_of(*events: asyncio.Event, seconds: float | None = None) -> bool:
    """Whether one of the events came within so many seconds."""
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    done, others = await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for each in others:
        each.cancel()
    return bool(done)


if __name__ == "__main__":
    try:
        asyncio.run(main(json.loads(sys.argv[1])))
    except RuntimeError as error:
        sys.exit(str(error))
