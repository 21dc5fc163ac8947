"""Waiting for a system that was started: what is looked at, and what is said when it dies or never gets ready."""

from __future__ import annotations

import http.client
import re
import socket
import time
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from harness.environments.commands import quoted
from harness.environments.spec import Ready
from harness.model.errors import EnvironmentFailed

INTERVAL = 0.1
"""Seconds between two looks."""

HOLD = 0.2
"""Seconds that an open port must keep a connection: Docker's proxy accepts, then hangs up with nothing behind."""

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
    """The port accepts a connection and keeps it (or speaks first)."""

    port: int

    def look(self) -> str | None:
        """Connects once."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.settimeout(HOLD)
                hung_up = connection.recv(1) == b""
        except TimeoutError:
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
class AllProbes:
    """Every one of `probes`, in order."""

    probes: tuple[Probe, ...]

    def look(self) -> str | None:
        """What the first one saw that is not content."""
        return next((seen for probe in self.probes if (seen := probe.look()) is not None), None)


def probe_for(ready: Ready, system: Started, port: int) -> Probe:
    """The probe that the environment asks for, for a system on 127.0.0.1:`port`."""
    if ready.http is not None:
        return HttpProbe(f"http://127.0.0.1:{port}{ready.http}")
    if ready.log is not None:
        return AllProbes((LogProbe(system, ready.log), TcpProbe(port)))  # many say that they listen a little early
    return TcpProbe(port)


def wait_until_ready(system: Started, probe: Probe, timeout: float, name: str, command: str) -> None:
    """Returns when the probe is content. Raises EnvironmentFailed (PortInUse where that is why) when the system dies,
    or is not ready after `timeout` seconds; `name` and `command` tell people which one."""
    deadline = time.monotonic() + timeout
    while True:
        seen = probe.look()
        if not system.alive():
            raise _died(system.logs(20), name, command)
        if seen is None:
            return
        if time.monotonic() > deadline:
            hint = f"last seen: {seen}\n  {quoted(system.logs(20))}"
            raise EnvironmentFailed(f"{name} was not ready after {timeout:g} s", where=command, hint=hint)
        time.sleep(INTERVAL)


def _died(logs: str, name: str, command: str) -> EnvironmentFailed:
    if _PORT_IN_USE.search(logs):
        hint = f"let the start command take {{port}}, which is a free one\n  {quoted(logs)}"
        return PortInUse(f"{name}: its port is already in use", where=command, hint=hint)
    return EnvironmentFailed(f"{name} died at start", where=command, hint=quoted(logs))
