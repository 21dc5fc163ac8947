"""The process driver: each version in its own cached installation, run as plain processes on free loopback ports."""

from __future__ import annotations

import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.environments import commands
from harness.environments.installation import install
from harness.environments.launch import (
    SEED_TIMEOUT,
    Address,
    Scratch,
    copy_files,
    migration_words,
    prepare_scratch,
    seed_variables,
)
from harness.environments.process_limits import limits
from harness.environments.process_start import ProcessStart, variables_here, versions_here
from harness.environments.ready import PortInUse
from harness.environments.recipe import recipe_for
from harness.environments.spec import Environment, Side, SideName
from harness.environments.store import Tell, writing_to
from harness.environments.workspaces import Workspaces, replace_data

_MIGRATED = "as it was migrated"


class ProcessSystem:
    """A system that runs as a process group; see RunningSystem."""

    containers: Mapping[str, str] = {}

    def __init__(self, start: ProcessStart, command: commands.Running, kept: Workspaces) -> None:
        self._start, self._command, self._kept = start, command, kept
        self._last_words: str | None = None
        self.url = start.address.url
        self.version, self.plugin_version = versions_here(start)

    @property
    def folder(self) -> Path:
        """Its workspace, where it runs."""
        return self._start.scratch.workspace

    @property
    def variables(self) -> Mapping[str, str]:
        """All its environment variables."""
        return self._start.variables

    @property
    def log(self) -> Path:
        """The file of its output."""
        return self._start.scratch.log

    def logs(self, lines: int = 40) -> str:
        """Its last lines of output, after it was stopped as well."""
        if self._last_words is None:
            return self._command.logs(lines)
        return "\n".join(self._last_words.splitlines()[-lines:])

    def alive(self) -> bool:
        """Whether it runs."""
        return self._command.alive()

    def run(self, argv: Sequence[str], timeout: float = 60.0) -> str:
        """What a command prints that runs where the system does, with its variables. Raises EnvironmentFailed."""
        return self._start.run(argv, argv[0], timeout)

    def snapshot(self, name: str) -> None:
        """Keeps workspace and home under `name`; the system is stopped meanwhile, so that they are of one moment."""
        self._command.stop()
        self._kept.keep(self._start.name, name, self._start.scratch)
        self._command = self._start.spawn()

    def restore(self, name: str) -> None:
        """Brings the data of that snapshot back, and starts the system on it. Raises UsageError."""
        kept = self._kept.kept(self._start.name, name)
        self._command.stop()
        replace_data(kept, self._start.scratch)
        self._command = self._start.spawn()

    def halt(self) -> Scratch:
        """Ends it and all that it started, and gives the folders that it leaves."""
        self._command.stop()
        return self._start.scratch

    def stop(self) -> None:
        """Ends it and all that it started, and removes its folders."""
        self._command.stop()
        if self._last_words is None:
            self._last_words = self._command.logs(1000)
        self._start.scratch.remove()


class ProcessDriver:
    """Brings systems up as plain processes of this machine; see Driver."""

    name = "process"
    engine = None

    def __init__(self, run_id: str) -> None:
        self._run_id = run_id
        self._kept = Workspaces(run_id)

    def prepare(self, environment: Environment, side: SideName, tell: Tell) -> None:
        """Installs the side's packages unless they are in the cache, and OLD's where they are migrated from."""
        install(recipe_for(environment, side), tell)
        if environment.side(side).migrate:
            install(recipe_for(environment, "old"), tell)

    def start(self, environment: Environment, side: SideName, tell: Tell) -> ProcessSystem:
        """A fresh workspace, seeded or migrated, the start, until it is ready; once more when another process took the
        port."""
        chosen = environment.side(side)
        try:
            return self._start(environment, chosen, tell)
        except PortInUse:
            return self._start(environment, chosen, tell)

    def limits(self, environment: Environment) -> list[str]:
        """In a line each, what it does not contain, and what of the environment's host it does not match here."""
        return limits(environment)

    def close(self) -> None:
        """Removes what was kept between starts."""
        self._kept.close()

    def _start(self, environment: Environment, side: Side, tell: Tell) -> ProcessSystem:
        installation = install(recipe_for(environment, side.name), tell)
        port = free_port()
        address = Address("127.0.0.1", port, f"http://127.0.0.1:{port}")
        scratch = prepare_scratch(environment, side, self._run_id)
        try:
            variables = variables_here(environment, side, installation, scratch, address, self._run_id)
            start = ProcessStart(environment, side, installation, scratch, address, variables)
            if side.migrate:
                self._migrate(start, tell)
            else:
                _seed(start)
            return ProcessSystem(start, start.spawn(), self._kept)
        except BaseException:
            scratch.remove()
            raise

    def _migrate(self, start: ProcessStart, tell: Tell) -> None:
        """OLD's data, as it left them when it was seeded and had been ready once, migrated by NEW; then kept."""
        key = f"{start.environment.path} {start.side.name}"
        if self._kept.has(key, _MIGRATED):
            replace_data(self._kept.kept(key, _MIGRATED), start.scratch)
            return
        old = self.start(start.environment, "old", tell)
        try:
            replace_data(old.halt(), start.scratch)
        finally:
            old.stop()
        with writing_to(start.scratch.workspace):
            copy_files(start.environment, start.side.spec.files, start.scratch)
        tell(f"migrating: {start.side.migrate}")
        start.run(migration_words(start.side, start.address), f"migration to {start.side.name}", SEED_TIMEOUT)
        self._kept.keep(key, _MIGRATED, start.scratch)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now; another process may take it before it is used."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _seed(start: ProcessStart) -> None:
    if start.side.seed is None:
        return
    script = str(start.scratch.seed / Path(start.side.seed).name)
    words = [str(start.installation.python or sys.executable), script]
    start.run(words, f"seed of {start.side.name}", SEED_TIMEOUT, seed_variables(start.variables))
