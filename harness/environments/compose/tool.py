"""The docker compose of this machine: the plugin, or the program of old."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from harness.environments.commands import quoted, without_credentials
from harness.environments.owner import ENVIRONMENT_VARIABLE, current_owner
from harness.model.errors import BadFile, EnvironmentFailed

_SEEN = ("PATH", "HOME", "DOCKER_HOST", "DOCKER_CONFIG", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY", "SSL_CERT_FILE")
"""The user's variables that it sees: ${…} in a stranger's file must find no secret in the others."""


def compose_words() -> list[str]:
    """The words that a compose command begins with. Raises EnvironmentFailed where there is none here."""
    if shutil.which("docker") and subprocess.run(["docker", "compose", "version"], capture_output=True).returncode == 0:
        return ["docker", "compose"]
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    hint = "install docker-compose-plugin or docker-compose"
    raise EnvironmentFailed("a compose file needs docker compose, which is not here", hint=hint)


def compose_variables() -> dict[str, str]:
    """The variables that it runs with."""
    mine = {name: os.environ[name] for name in _SEEN if name in os.environ}
    return {**mine, ENVIRONMENT_VARIABLE: current_owner().token}


def resolved_config(files: Sequence[Path]) -> dict[str, Any]:
    """What the files say together, the later over the earlier: names filled in, paths absolute. Raises BadFile with what
    compose says where it refuses them."""
    folder = files[0].parent
    named = [word for file in files for word in ("-f", str(file))]
    argv = [*compose_words(), "--project-directory", str(folder), *named, "config"]
    done = subprocess.run(argv, cwd=folder, env=compose_variables(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BadFile(
            f"docker compose refuses it: {_first(done.stderr)}", where=str(files[-1]), hint=quoted(done.stderr)
        )
    config: dict[str, Any] = YAML(typ="safe").load(StringIO(done.stdout))
    return config


def _first(said: str) -> str:
    lines = [line for line in without_credentials(said).splitlines() if line.strip()]
    return lines[0] if lines else "it does not say why"
