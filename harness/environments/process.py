"""The process driver: each version in its own cached installation, run as plain processes on free loopback ports."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from harness.environments import commands
from harness.environments.installation import Installation, install
from harness.environments.launch import (
    SEED_TIMEOUT,
    Address,
    Scratch,
    prepare_scratch,
    seed_variables,
    start_words,
    system_variables,
)
from harness.environments.owner import ENVIRONMENT_VARIABLE, current_owner
from harness.environments.ready import PortInUse, probe_for, wait_until_ready
from harness.environments.recipe import recipe_for, version_of
from harness.environments.spec import Environment, Side, SideName
from harness.environments.store import Tell

_INHERITED = ("LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
"""All that a system sees of the user's variables besides PATH: it and the plugin come from strangers."""


class ProcessSystem:
    """A system that runs as a process group; see RunningSystem."""

    def __init__(
        self, command: commands.Running, scratch: Scratch, url: str, version: str, plugin_version: str
    ) -> None:
        self.url = url
        self.version = version
        self.plugin_version = plugin_version
        self._command = command
        self._scratch = scratch
        self._last_words: str | None = None

    def logs(self, lines: int = 40) -> str:
        """Its last lines of output, after it was stopped as well."""
        if self._last_words is None:
            return self._command.logs(lines)
        return "\n".join(self._last_words.splitlines()[-lines:])

    def alive(self) -> bool:
        """Whether it runs."""
        return self._command.alive()

    def stop(self) -> None:
        """Ends it and all that it started, and removes its folders."""
        self._command.stop()
        if self._last_words is None:
            self._last_words = self._command.logs(1000)
        self._scratch.remove()


class ProcessDriver:
    """Brings systems up as plain processes of this machine; see Driver."""

    name = "process"

    def __init__(self, run_id: str) -> None:
        self._run_id = run_id

    def prepare(self, environment: Environment, side: SideName, tell: Tell) -> None:
        """Installs the side's packages unless they are in the cache."""
        install(recipe_for(environment, side), tell)

    def start(self, environment: Environment, side: SideName, tell: Tell) -> ProcessSystem:
        """A fresh workspace, the seed, the start, until it is ready; once more when another process took the port."""
        installation = install(recipe_for(environment, side), tell)
        chosen = environment.side(side)
        try:
            return self._start(environment, chosen, installation)
        except PortInUse:
            return self._start(environment, chosen, installation)

    def _start(self, environment: Environment, side: Side, installation: Installation) -> ProcessSystem:
        port = free_port()
        address = Address("127.0.0.1", port, f"http://127.0.0.1:{port}")
        scratch = prepare_scratch(environment, side, self._run_id)
        command: commands.Running | None = None
        try:
            inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
            places = {"PATH": installation.path(), "HOME": str(scratch.home)}
            mark = {ENVIRONMENT_VARIABLE: current_owner().token}
            variables = inherited | places | mark | system_variables(environment, side, self._run_id, address)
            _seed(side, installation, scratch, variables)
            words = start_words(side, address)
            command = commands.spawn(words, cwd=scratch.workspace, env=variables, log=scratch.log)
            name = f"{environment.system.name} ({side.name})"
            wait_until_ready(command, probe_for(side.ready, command, port), side.ready.timeout, name, " ".join(words))
        except BaseException:
            if command:
                command.stop()
            scratch.remove()
            raise
        return self._running(environment, side, installation, command, scratch, address.url)

    @staticmethod
    def _running(
        environment: Environment,
        side: Side,
        installation: Installation,
        command: commands.Running,
        scratch: Scratch,
        url: str,
    ) -> ProcessSystem:
        plugin = environment.plugin
        requirements = side.spec.pip or side.spec.npm or ()
        version = version_of(environment.system.name, requirements, dict(installation.versions))
        plugin_version = version_of(plugin.name, plugin.pip or plugin.npm or (), dict(installation.versions))
        return ProcessSystem(command, scratch, url, version or side.name, plugin_version or "")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now; another process may take it before it is used."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _seed(side: Side, installation: Installation, scratch: Scratch, variables: Mapping[str, str]) -> None:
    if side.seed is None:
        return
    argv = [str(installation.python or sys.executable), str(scratch.seed / Path(side.seed).name)]
    env = seed_variables(variables)
    log = scratch.folder / "seed.log"
    commands.run(argv, title=f"seed of {side.name}", cwd=scratch.workspace, env=env, log=log, timeout=SEED_TIMEOUT)
