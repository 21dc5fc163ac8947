"""What a side that is up has printed, and goes on printing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

from harness.environments.owner import parse_owner
from harness.living.dwellers import Dweller
from harness.living.inside import container_of, docker_command


def output(dweller: Dweller, service: str, *, lines: int, follow: bool) -> Iterator[str]:
    """The last `lines` lines of a service's output; with `follow`, also those to come, until the side is taken down.

    Raises UsageError for a service that is not there, EnvironmentFailed where Docker's client is missing.
    """
    with subprocess.Popen(
        _command(dweller, service, lines, follow),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as told:
        assert told.stdout
        try:
            yield from told.stdout
        finally:
            told.terminate()


def _command(dweller: Dweller, service: str, lines: int, follow: bool) -> list[str]:
    container = container_of(dweller, service)
    if container:
        return [*docker_command(), "logs", f"--tail={lines}", *(["--follow"] if follow else []), container]
    keeper = parse_owner(dweller.state.owner)
    until = ["--follow", f"--pid={keeper.pid}"] if follow and keeper else []
    return ["tail", f"--lines={lines}", *until, dweller.state.log]
