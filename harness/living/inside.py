"""Commands that run where a side runs: in its container or a service's, or in its workspace on this machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from harness.environments.engine import connect
from harness.living.dwellers import Dweller
from harness.living.talk import ask
from harness.model.errors import EnvironmentFailed, UsageError
from harness.written import suggestion

SYSTEM = "system"
SHELL = ("sh", "-c", "command -v bash >/dev/null && exec bash || exec sh")
"""The better shell that is there."""


def run_inside(dweller: Dweller, service: str, argv: Sequence[str]) -> int:
    """Runs argv with our own standard streams, on a terminal where we have one; gives its exit code (128 + n for a signal).

    Raises UsageError for a service that is not there, EnvironmentFailed where the command cannot be run.
    """
    if dweller.state.containers:
        return _in_container(container_of(dweller, service), argv)
    container_of(dweller, service)
    return _on_this_machine(dweller, argv)


def container_of(dweller: Dweller, service: str) -> str:
    """The id of the service's container; empty for a process. Raises UsageError with the nearest name."""
    known = dweller.state.containers or {SYSTEM: ""}
    if service not in known:
        raise UsageError(f"{dweller.state.name} has no service {service!r}", hint=suggestion(service, known))
    return known[service]


def docker_command() -> list[str]:
    """Docker's own client, for our engine: it knows terminals, their sizes and signals. Raises EnvironmentFailed."""
    docker = shutil.which("docker")
    if docker is None:
        raise EnvironmentFailed("the command `docker` is not on PATH", hint="install Docker's command line client")
    return [docker, "--host", connect().address]


def _in_container(container: str, argv: Sequence[str]) -> int:
    terminal = ["--tty"] if sys.stdin.isatty() and sys.stdout.isatty() else []
    return _foreground([*docker_command(), "exec", "--interactive", *terminal, container, *argv], None, None)


def _on_this_machine(dweller: Dweller, argv: Sequence[str]) -> int:
    place = ask(dweller.place.socket, {"ask": "inside"})
    folder, variables = Path(place["folder"]), place["variables"]
    name = str(folder / argv[0]) if "/" in argv[0] else argv[0]
    program = shutil.which(name, path=variables.get("PATH"))
    if program is None:
        raise EnvironmentFailed(f"there is no command {argv[0]!r}", hint=f"looked in: {variables.get('PATH', '')}")
    terminal = {name: os.environ[name] for name in ("TERM", "COLORTERM") if name in os.environ}
    return _foreground([program, *argv[1:]], folder, {**terminal, **variables})


def _foreground(argv: Sequence[str], folder: Path | None, variables: Mapping[str, str] | None) -> int:
    """Ctrl-C is for the command, which decides what comes of it."""
    with _leaving_ctrl_c_alone():
        code = subprocess.run(argv, cwd=folder, env=variables, check=False).returncode
    return code if code >= 0 else 128 - code


@contextmanager
def _leaving_ctrl_c_alone() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, lambda *_: None)  # a handler, unlike SIG_IGN, is not inherited
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
