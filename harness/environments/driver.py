"""What a driver is, and which one brings an environment up here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from harness.environments.compose import ComposeDriver
from harness.environments.containers import DockerDriver
from harness.environments.engine import Engine, connect
from harness.environments.process import ProcessDriver
from harness.environments.spec import Environment, SideName
from harness.environments.store import Tell
from harness.model.errors import EnvironmentFailed, UsageError

Wanted = Literal["auto", "process", "docker"]


class RunningSystem(Protocol):
    """A system that was started and was ready."""

    url: str
    """http://127.0.0.1:PORT, reachable from this machine, no trailing slash."""
    version: str
    """What was really installed, e.g. 0.64.8; an image's tag, a Dockerfile's folder, the side's name when unknown."""
    plugin_version: str
    """The installed version of a plugin beside the system, else empty."""

    @property
    def containers(self) -> Mapping[str, str]:
        """`system`, and each service by name -> the id of its container; nothing where they are processes."""

    def logs(self, lines: int = 40) -> str:
        """Its last lines of output."""

    def alive(self) -> bool:
        """Whether it runs."""

    def run(self, argv: Sequence[str], timeout: float = 60.0) -> str:
        """What a command prints that runs where the system does, with its variables. Raises EnvironmentFailed."""

    def snapshot(self, name: str) -> None:
        """Keeps the data of services and workspace under `name`, for as long as the run goes on."""

    def restore(self, name: str) -> None:
        """Brings the data of that snapshot back, and returns when the system is ready again. Raises UsageError."""

    def stop(self) -> None:
        """Ends it and removes all that it needed; may be called again."""


class Driver(Protocol):
    """A way to bring systems up. Every method raises EnvironmentFailed when the environment is at fault."""

    name: str
    """process, docker or compose."""

    @property
    def engine(self) -> Engine | None:
        """The engine whose containers it makes."""

    def prepare(self, environment: Environment, side: SideName, tell: Tell) -> None:
        """Installs or builds the side, kept by content: slow the first time only. `tell` takes lines of progress."""

    def start(self, environment: Environment, side: SideName, tell: Tell) -> RunningSystem:
        """Starts the side in a fresh workspace, seeded, and returns when it is ready."""

    def limits(self, environment: Environment) -> list[str]:
        """What of the environment it does not match, and what it does not contain, a sentence each."""

    def close(self) -> None:
        """Removes what it kept for the next start. May be called again."""


def choose_driver(wanted: Wanted, run_id: str, environment: Environment) -> tuple[Driver, str]:
    """The driver, and in one line why: `docker, because an engine answers (20.10.24)`.

    Raises EnvironmentFailed where docker is wanted or needed and no engine answers, UsageError where `process` is
    wanted for an image.
    """
    if wanted == "process":
        if environment.needs_docker:
            hint = "leave --driver out, or say --driver docker"
            what = "images, services and compose files need Docker: the process driver cannot run them"
            raise UsageError(what, where=str(environment.path), hint=hint)
        return ProcessDriver(run_id), "process, because it was asked for"
    try:
        engine = connect()
    except EnvironmentFailed as error:
        if wanted == "docker" or environment.needs_docker:
            raise
        return ProcessDriver(run_id), f"process, because {error.what}"
    why = "it was asked for" if wanted == "docker" else "an engine answers"
    if environment.compose:
        return ComposeDriver(engine, run_id), f"compose, because the environment has a compose file ({engine.version})"
    return DockerDriver(engine, run_id), f"docker, because {why} ({engine.version})"
