"""One start of a compose file: its own copy of the customer's folder, its own project on the engine."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.environments import commands
from harness.environments.box import Box
from harness.environments.compose.tool import compose_variables, compose_words
from harness.environments.engine import Engine, engine_errors
from harness.environments.launch import Scratch
from harness.environments.store import file_name, scratch_folder, writing_to
from harness.model.errors import EnvironmentFailed

_LABEL = "com.docker.compose.project"
_SERVICE = "com.docker.compose.service"
_LEFT_OUT = shutil.ignore_patterns(".git", ".backfit", "__pycache__")


class Project:
    """A project of compose; nothing is on the engine before `up`, and nothing after `remove`."""

    def __init__(self, engine: Engine, run_id: str, side: str, folder: Path) -> None:
        self._engine = engine
        self.name = f"backfit-{file_name(run_id)}-{side}-{secrets.token_hex(4)}".lower()
        self._scratch = Scratch(scratch_folder(run_id, side))
        self.copy = self._scratch.folder / "project"
        with writing_to(self.copy):
            shutil.copytree(folder, self.copy, symlinks=True, ignore=_LEFT_OUT)

    def up(self, config: Mapping[str, Any], timeout: float) -> dict[str, Box]:
        """Starts it, and gives its containers by service. Raises EnvironmentFailed with the last lines of what failed."""
        file = self._scratch.folder / "compose.json"
        file.write_text(json.dumps(config))
        words = ["-p", self.name, "--project-directory", str(self.copy), "-f", str(file)]
        argv = [*compose_words(), *words, "up", "-d", "--no-build"]
        env, log = compose_variables(), self._scratch.log
        try:
            commands.run(argv, title="docker compose up", cwd=self.copy, env=env, log=log, timeout=timeout)
        except EnvironmentFailed as error:
            raise self._explained(error) from error
        return self.boxes()

    def boxes(self) -> dict[str, Box]:
        """Its containers by service; of a service with several the first."""
        with engine_errors("looking at the compose file's containers"):
            found = self._engine.client.containers.list(all=True, filters=self._mine(), ignore_removed=True)
        named = sorted(((each.labels[_SERVICE], str(each.name), each) for each in found), key=lambda entry: entry[:2])
        return {service: Box(self._engine, container, service) for service, _, container in reversed(named)}

    def remove(self) -> None:
        """Removes its containers, networks and volumes (`down -v`, without its wait), and the copy."""
        with engine_errors("removing what the compose file started"):
            for container in self._engine.client.containers.list(all=True, filters=self._mine(), ignore_removed=True):
                container.remove(force=True, v=True)
            for network in self._engine.client.networks.list(filters=self._mine()):
                network.remove()
            for volume in self._engine.client.volumes.list(filters=self._mine()):
                volume.remove()
        self._scratch.remove()

    def _mine(self) -> dict[str, Any]:
        return {"label": f"{_LABEL}={self.name}"}

    def _explained(self, error: EnvironmentFailed) -> EnvironmentFailed:
        """The failure, with the last lines of every service that ended."""
        ended = [box for box in self.boxes().values() if not box.alive()]
        said = [f"the service {box.name}: {commands.quoted(box.logs(20))}" for box in ended if box.logs(20)]
        return EnvironmentFailed(error.what, where=error.where, hint="\n  ".join([*said, error.hint or ""]))
