from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from harness.environments.network import relay
from harness.environments.network.faults import relayed
from tests.environments.network.machines import fetch, say, speaking
from tests.environments.tiny import eventually

SIZE = 20_000


@contextmanager
def through(*timeline: dict[str, Any], seed: str = "1/0") -> Iterator[tuple[str, Callable[[int], object]]]:
    with speaking() as url, relayed(url, timeline or ({"at": 0},), seed) as (address, begin):
        yield address, begin


def outcome(url: str, size: int = SIZE, timeout: float = 30.0) -> tuple[str, int]:
    """How a fetch ended, and how much came."""
    host, _, port = url.removeprefix("http://").rpartition(":")
    got = 0
    with socket.create_connection((host, int(port)), timeout) as line:
        line.sendall(b"bytes %d\n" % size)
        try:
            while got < size:
                if not (piece := line.recv(65536)):
                    return "end", got
                got += len(piece)
        except ConnectionResetError:
            return "reset", got
        except TimeoutError:
            return "silence", got
    return "whole", got


def took(action: Callable[[], object]) -> float:
    before = time.monotonic()
    action()
    return time.monotonic() - before


def test__relay__nothing_wrong__loses_nothing_of_many_connections() -> None:
    with through() as (url, _), ThreadPoolExecutor(20) as pool:
        got = list(pool.map(lambda size: len(fetch(url, size)), range(0, 2_000_000, 20_000)))
        sent = list(pool.map(lambda size: say(url, "take " + "x" * size), (1, 70_000, 1_000_000)))
    assert got == list(range(0, 2_000_000, 20_000))
    assert sent == ["1", "70000", "1000000"]


def test__relay__half_closed__answers_still_come() -> None:
    with through({"at": 0, "latency": 0.01}) as (url, _):
        host, _, port = url.removeprefix("http://").rpartition(":")
        with socket.create_connection((host, int(port)), 30) as line:
            line.sendall(b"bytes 100000\n")
            line.shutdown(socket.SHUT_WR)
            got = b""
            while piece := line.recv(65536):
                got += piece
    assert len(got) == 100_000


def test__relay__latency__delays_handshake_question_and_answer_and_keeps_the_order() -> None:
    with through({"at": 0, "latency": 0.05, "jitter": 0.05}) as (url, _):
        host, _, port = url.removeprefix("http://").rpartition(":")
        with socket.create_connection((host, int(port)), 30) as line, line.makefile("rwb") as file:
            for number in range(40):
                file.write(b"take " + b"x" * number + b"\n")
                file.flush()
                time.sleep(0.005)
            assert [int(file.readline()) for _ in range(40)] == list(range(40))
    with through({"at": 0, "latency": 0.05}) as (url, _):
        assert took(lambda: fetch(url, 10)) >= 4 * 0.05


@pytest.mark.parametrize(("way", "other"), [("down", "up"), ("up", "down")])
def test__relay__bandwidth__narrows_its_way_for_all_connections_together(way: str, other: str) -> None:
    amount = 60_000  # at 800 kbit/s and with a burst of 16 KiB: 0.43 s
    asks = {"down": lambda url: fetch(url, amount // 2), "up": lambda url: say(url, "take " + "x" * (amount // 2))}
    with through({"at": 0, way: 800_000}) as (url, _), ThreadPoolExecutor(2) as pool:
        assert took(lambda: list(pool.map(asks[way], [url, url]))) >= 0.4
    with through({"at": 0, way: 800}) as (url, _):  # the other way is free: this one would need minutes
        assert asks[other](url) in ("30000", b"x" * 30_000)


def test__relay__reset_and_stall__cut_an_answer_in_its_middle() -> None:
    with through({"at": 0, "reset": 1.0}) as (url, _):
        assert outcome(url) == ("reset", 8192)  # half of the first piece
    with through({"at": 0, "stall": 1.0}) as (url, _):
        assert outcome(url, timeout=1) == ("silence", 8192)


@pytest.mark.parametrize(
    ("piece", "head", "passes"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n", True, b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n12345678", False, b"HTTP/1.1 200 OK\r\n\r\n1234"),
        (b"HTTP/1.1 200 OK\r\nA: ", True, b"HTTP/1.1 2"),
        (b"12345678", False, b"1234"),
        (b"1", False, b""),
    ],
)
def test__begun__of_a_piece__is_its_half_and_all_of_an_http_head(piece: bytes, head: bool, passes: bytes) -> None:
    assert relay.is_head(piece) is head
    assert relay.begun(piece) == passes


def test__relay__which_connections_are_hit__follows_from_the_seed() -> None:
    def hit(seed: str) -> list[bool]:
        with through({"at": 0, "reset": 0.2}, seed=seed) as (url, _):
            return [outcome(url, 100)[0] == "reset" for _ in range(120)]

    first = hit("1/0")
    assert first == hit("1/0")
    assert first != hit("1/1")
    assert 10 <= sum(first) <= 40


def test__relay__partition_until_a_moment__nothing_passes_and_then_all_of_it() -> None:
    with through({"at": 0, "partition": True}, {"at": 0.3}) as (url, begin):
        with pytest.raises(TimeoutError):
            say(url, "take xyz", timeout=0.5)
        begin(signal.SIGUSR1)
        assert took(lambda: say(url, "take xyz")) >= 0.25


def test__relay__schedule__holds_from_its_moments_on() -> None:
    with through({"at": 0}, {"at": 0.2, "reset": 1.0}, {"at": 0.6}) as (url, begin):
        assert outcome(url)[0] == "whole"
        begin(signal.SIGUSR1)
        assert eventually(lambda: outcome(url)[0] == "reset")
        assert eventually(lambda: outcome(url)[0] == "whole")


def test__relay__nobody_listens_behind_it__resets() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        closed = f"http://127.0.0.1:{server.getsockname()[1]}"
    with relayed(closed, [{"at": 0}], "1/0") as (url, _), pytest.raises(ConnectionResetError):
        fetch(url, 10)


def test__relay__told_another_timeline__follows_it_on_open_connections() -> None:
    control = f"relay-{os.getpid()}"
    with speaking() as url:
        link = {"name": "a", "listen": "127.0.0.1:0", "connect": url.removeprefix("http://")}
        job = json.dumps({"links": [link], "control": control, "tether": True})
        words = [sys.executable, "-I", "-S", relay.__file__, job]
        with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdin
            assert process.stdout
            (address,) = json.loads(process.stdout.readline())["listening"]
            host, _, port = address.rpartition(":")
            with socket.create_connection((host, int(port)), 30) as line, line.makefile("rwb") as file:
                file.write(b"take xyz\n")
                file.flush()
                assert file.readline() == b"3\n"
                relay.tell(control, json.dumps({"links": {"a": [{"at": 0, "reset": 1.0}]}, "seed": "1/0"}))
                file.write(b"bytes 100\n")
                file.flush()
                with pytest.raises(ConnectionResetError):
                    file.read(100)
            process.stdin.close()
            assert process.wait(30) == 0
    with pytest.raises(OSError, match="refused"):
        relay.tell(control, "{}")
