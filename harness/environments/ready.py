"""Waiting for a system that was started: what is looked at, and what is said when it dies or never gets ready."""

from __future__ import annotations

import http.client
import re
import shlex
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from harness.environments.commands import quoted
from harness.environments.spec import Ready
from harness.model.errors import EnvironmentFailed

INTERVAL = 0.1
"""Seconds between two looks; finer in the beginning, a twentieth of what has passed."""
FINEST = 0.01
"""Seconds between the first looks."""

HOLD = 0.2
"""Seconds that an open port of this machine must keep a connection: a proxy accepts, then hangs up with nothing behind."""

_PORT_IN_USE = re.compile(r"address (is )?already in use|EADDRINUSE|port \S+ is (already )?(in use|allocated)", re.I)


class Started(Protocol):
    """What waiting needs to know of a system."""

    def alive(self) -> bool:
        """Whether its process runs."""

    def logs(self, lines: int) -> str:
        """Its last lines of output."""


class Probe(Protocol):
    """One look at a system."""

    def look(self) -> str | None:
        """None when it is ready, else what was seen."""


class PortInUse(EnvironmentFailed):
    """The system could not have its port; another one may help."""


@dataclass(frozen=True)
class HttpProbe:
    """`url` answers with a status below 500."""

    url: str

    def look(self) -> str | None:
        """Sends one GET, follows nothing."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=5)
        try:
            connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            return f"GET {self.url}: {type(error).__name__} {error}"
        finally:
            connection.close()
        return None if status < 500 else f"GET {self.url}: status {status}"


@dataclass(frozen=True)
class TcpProbe:
    """The port accepts a connection and keeps it (or speaks first); in a container's own address nobody stands between."""

    port: int
    host: str = "127.0.0.1"

    def look(self) -> str | None:
        """Connects once."""
        try:
            with socket.create_connection((self.host, self.port), timeout=5) as connection:
                connection.settimeout(HOLD if self.host == "127.0.0.1" else 0)
                hung_up = connection.recv(1) == b""
        except (TimeoutError, BlockingIOError):
            return None
        except OSError as error:
            return f"port {self.port}: {error}"
        return f"port {self.port} accepts connections and closes them at once" if hung_up else None


@dataclass(frozen=True)
class LogProbe:
    """The system's output holds `pattern`."""

    system: Started
    pattern: str

    def look(self) -> str | None:
        """Searches all that was kept of the output."""
        found = re.search(self.pattern, self.system.logs(100_000), re.M)
        return None if found else f"its output holds no match of {self.pattern!r}"


@dataclass(frozen=True)
class RunProbe:
    """A command exits with 0; `run` runs it and raises EnvironmentFailed when it does not."""

    run: Callable[[Sequence[str]], object]
    argv: tuple[str, ...]

    def look(self) -> str | None:
        """Runs it once."""
        try:
            self.run(self.argv)
        except EnvironmentFailed as error:
            return error.what
        return None


@dataclass(frozen=True)
class AllProbes:
    """Every one of `probes`, in order."""

    probes: tuple[Probe, ...]

    def look(self) -> str | None:
        """What the first one saw that is not content."""
        return next((seen for probe in self.probes if (seen := probe.look()) is not None), None)


def probe_for(
    ready: Ready,
    system: Started,
    port: int,
    host: str = "127.0.0.1",
    run: Callable[[Sequence[str]], object] | None = None,
) -> Probe:
    """The probe that the environment asks for, for a system on host:port; `run` runs a command where the system is."""
    if ready.http is not None:
        return HttpProbe(f"http://{host}:{port}{ready.http}")
    if ready.log is not None:
        return AllProbes(
            (LogProbe(system, ready.log), TcpProbe(port, host))
        )  # many say that they listen a little early
    if ready.run is not None:
        assert run is not None, "an environment with such a probe needs a driver that can run commands inside"
        return RunProbe(run, tuple(shlex.split(ready.run)))
    return TcpProbe(port, host)


def wait_until_ready(system: Started, probe: Probe, timeout: float, name: str, command: str) -> None:
    """Returns when the probe is content. Raises EnvironmentFailed (PortInUse where that is why) when the system dies,
    or is not ready after `timeout` seconds; `name` and `command` tell people which one."""
    began = time.monotonic()
    while True:
        seen = probe.look()
        if not system.alive():
            raise _died(system.logs(20), name, command)
        if seen is None:
            return
        passed = time.monotonic() - began
        if passed > timeout:
            hint = f"last seen: {seen}\n  {quoted(system.logs(20))}"
            raise EnvironmentFailed(f"{name} was not ready after {timeout:g} s", where=command, hint=hint)
        time.sleep(min(INTERVAL, max(FINEST, passed / 20)))


def _died(logs: str, name: str, command: str) -> EnvironmentFailed:
    if _PORT_IN_USE.search(logs):
        hint = f"let the start command take {{port}}, which is a free one\n  {quoted(logs)}"
        return PortInUse(f"{name}: its port is already in use", where=command, hint=hint)
    return EnvironmentFailed(f"{name} died at start", where=command, hint=quoted(logs))
