from __future__ import annotations

import http.server
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from harness.environments import commands
from harness.environments.process import free_port
from harness.environments.ready import (
    AllProbes,
    HttpProbe,
    LogProbe,
    PortInUse,
    Probe,
    TcpProbe,
    probe_for,
    wait_until_ready,
)
from harness.environments.spec import Ready
from harness.model.errors import EnvironmentFailed

ENV = {"PATH": "/usr/bin:/bin"}


class Statuses(http.server.BaseHTTPRequestHandler):
    """Answers /N with the status N."""

    def do_GET(self) -> None:
        self.send_response(int(self.path[1:]))
        self.send_header("Location", "/500")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Statuses) as served:
        threading.Thread(target=served.serve_forever).start()
        yield f"http://127.0.0.1:{served.server_address[1]}"
        served.shutdown()


@pytest.fixture
def started(tmp_path: Path) -> Iterator[commands.Running]:
    """A system that printed one line and runs on."""
    text = "import time; print('listening on 1', flush=True); time.sleep(600)"
    running = commands.spawn([sys.executable, "-c", text], cwd=tmp_path, env=ENV, log=tmp_path / "log")
    yield running
    running.stop()


@pytest.mark.parametrize(("status", "ready"), [(200, True), (302, True), (404, True), (500, False), (503, False)])
def test__http_probe__status__below_500_is_ready(server: str, status: int, ready: bool) -> None:
    seen = HttpProbe(f"{server}/{status}").look()
    assert seen == (None if ready else f"GET {server}/{status}: status {status}")


def test__http_probe__nobody_listens__says_so() -> None:
    assert "ConnectionRefusedError" in str(HttpProbe(f"http://127.0.0.1:{free_port()}/").look())


def test__tcp_probe__open_port__is_ready_when_it_keeps_the_connection(server: str) -> None:
    assert TcpProbe(int(server.rpartition(":")[2])).look() is None
    assert "refused" in str(TcpProbe(free_port()).look())


def test__tcp_probe__port_that_hangs_up__is_not_ready() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=lambda: listening.accept()[0].close()).start()
        assert "closes them at once" in str(TcpProbe(listening.getsockname()[1]).look())


@pytest.mark.parametrize(
    ("ready", "kind"), [(Ready(http="/a"), HttpProbe), (Ready(tcp=True), TcpProbe), (Ready(log="x"), AllProbes)]
)
def test__probe_for__each_way__has_its_probe(started: commands.Running, ready: Ready, kind: type[Probe]) -> None:
    assert isinstance(probe_for(ready, started, 1), kind)


def test__probe_for__log__wants_the_open_port_as_well(started: commands.Running, server: str) -> None:
    wait_until_ready(started, LogProbe(started, "listening"), 30, "it", "command")
    port = int(server.rpartition(":")[2])
    assert probe_for(Ready(log="listening"), started, port).look() is None
    assert "no match" in str(probe_for(Ready(log="nothing"), started, port).look())
    assert "refused" in str(probe_for(Ready(log="listening"), started, free_port()).look())


def test__wait_until_ready__log_matches__returns(started: commands.Running) -> None:
    wait_until_ready(started, LogProbe(started, r"^listening on \d"), 30, "it", "command")


def test__wait_until_ready__never__says_what_was_seen_and_the_last_lines(started: commands.Running) -> None:
    with pytest.raises(EnvironmentFailed) as caught:
        wait_until_ready(started, LogProbe(started, "nothing"), 0.5, "it", "command")
    assert str(caught.value).splitlines() == [
        "command: it was not ready after 0.5 s",
        "  last seen: its output holds no match of 'nothing'",
        "  its last lines:",
        "  | listening on 1",
    ]


@pytest.mark.parametrize(
    ("line", "error", "what"),
    [
        ("boom", EnvironmentFailed, "it died at start"),
        ("OSError: [Errno 98] Address already in use", PortInUse, "it: its port is already in use"),
        ("Error: listen EADDRINUSE: address already in use 127.0.0.1:80", PortInUse, "its port is already in use"),
    ],
)
def test__wait_until_ready__dies__shows_why(tmp_path: Path, line: str, error: type[Exception], what: str) -> None:
    system = commands.spawn(
        [sys.executable, "-c", f"raise SystemExit({line!r})"], cwd=tmp_path, env=ENV, log=tmp_path / "log"
    )
    with pytest.raises(EnvironmentFailed, match=what) as caught:
        wait_until_ready(system, TcpProbe(free_port()), 30, "it", "command")
    assert type(caught.value) is error
    assert f"  | {line}" in str(caught.value)
    system.stop()


@pytest.mark.parametrize(("command", "seen"), [("true", None), ("false", "it: failed")])
def test__probe_for__command__is_run_where_the_system_is(
    started: commands.Running, command: str, seen: str | None
) -> None:
    def run(argv: Sequence[str]) -> None:
        if argv[0] == "false":
            raise EnvironmentFailed("it: failed")

    assert probe_for(Ready(run=command), started, 1, "198.18.0.1", run).look() == seen


def test__tcp_probe__address_of_its_own__is_ready_when_it_accepts() -> None:
    with socket.create_server(("127.0.0.2", 0)) as listening:
        port = listening.getsockname()[1]
        assert TcpProbe(port, "127.0.0.2").look() is None
        listening.accept()[0].close()
