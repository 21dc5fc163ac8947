"""One side made definite on this machine: its folders, its variables, and how its commands run there."""

from __future__ import annotations

import os
import ssl
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.environments import clock, commands
from harness.environments.host_layer import certificates
from harness.environments.installation import Installation
from harness.environments.launch import Address, Machine, Scratch, masked, start_words, system_variables
from harness.environments.owner import ENVIRONMENT_VARIABLE, current_owner
from harness.environments.ready import probe_for, wait_until_ready
from harness.environments.recipe import version_of
from harness.environments.spec import Environment, Side

_INHERITED = ("LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
"""All that a system sees of the user's variables besides PATH: it and the plugin come from strangers."""


@dataclass(frozen=True)
class ProcessStart:
    """One side made definite on this machine."""

    environment: Environment
    side: Side
    installation: Installation
    scratch: Scratch
    address: Address
    variables: Mapping[str, str]

    @property
    def name(self) -> str:
        """What people call it: datasette (old)."""
        return f"{self.environment.system.name} ({self.side.name})"

    def run(self, words: Sequence[str], title: str, timeout: float, variables: Mapping[str, str] | None = None) -> str:
        """The output of a command in the workspace. Raises EnvironmentFailed with its last lines."""
        with tempfile.NamedTemporaryFile(dir=self.scratch.folder, suffix=".log") as log:
            commands.run(
                masked(words, self.environment.host.umask),
                title=title,
                cwd=self.scratch.workspace,
                env=variables or self.variables,
                log=Path(log.name),
                timeout=timeout,
            )
            return Path(log.name).read_text(encoding="utf-8", errors="replace")

    def spawn(self) -> commands.Running:
        """Starts the system, and returns when it is ready."""
        words, ready = start_words(self.side, self.address), self.side.ready
        command = commands.spawn(
            masked(words, self.environment.host.umask),
            cwd=self.scratch.workspace,
            env=self.variables,
            log=self.scratch.log,
        )
        try:
            probe = probe_for(
                ready, command, self.address.port, run=lambda words: self.run(words, "ready", ready.timeout)
            )
            wait_until_ready(command, probe, ready.timeout, self.name, " ".join(words))
        except BaseException:
            command.stop()
            raise
        return command


def variables_here(
    environment: Environment, side: Side, installation: Installation, scratch: Scratch, address: Address, run_id: str
) -> dict[str, str]:
    """The system's variables, in this machine's places."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    places = {"PATH": installation.path(), "HOME": str(scratch.home)}
    mark = {ENVIRONMENT_VARIABLE: current_owner().token}
    machine = machine_here(environment, scratch.folder)
    return inherited | places | mark | system_variables(environment, side, run_id, address, machine)


def machine_here(environment: Environment, folder: Path) -> Machine:
    """This machine; a file of its certificates and the customer's is put into `folder` where `host.ca` names some."""
    if not environment.host.ca:
        return Machine(clock.library_here(), "")
    own = os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    trusted = [Path(own).read_text()] if own and Path(own).is_file() else []
    file = folder / "certificates.pem"
    file.write_text("\n".join([*trusted, *certificates(environment), ""]))
    return Machine(clock.library_here(), str(file))


def versions_here(start: ProcessStart) -> tuple[str, str]:
    """The system's, and the plugin's where it is beside it."""
    plugin, spec, installed = start.environment.plugin, start.side.spec, dict(start.installation.versions)
    version = version_of(start.environment.system.name, spec.pip or spec.npm or (), installed)
    return version or start.side.name, version_of(plugin.name, plugin.pip or plugin.npm or (), installed) or ""
