"""Values that are in no file of the environment: read where they are needed, and kept nowhere."""

from __future__ import annotations

import os
from pathlib import Path

from harness.environments.spec import Environment, Secret
from harness.model.errors import EnvironmentFailed


def plain(value: str | Secret, folder: Path) -> str:
    """The text of a variable of an environment in `folder`. Raises EnvironmentFailed where its secret is not there."""
    if isinstance(value, str):
        return value
    if value.env is not None:
        found = os.environ.get(value.env)
        if found is None:
            raise EnvironmentFailed(f"the secret ${value.env} is not set", hint=f"export {value.env}=…")
        return found
    file = folder / str(value.file)
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFailed(f"a secret cannot be read: {error}", where=str(file)) from error


def secrets_of(environment: Environment) -> list[str]:
    """The texts of all secrets that the environment names, so that they are hidden wherever something is written."""
    sides = [environment.side("old").env, environment.side("new").env]
    values = [
        value for env in (*sides, *(each.env for each in environment.services.values())) for value in env.values()
    ]
    return sorted({plain(value, environment.folder) for value in values if isinstance(value, Secret)})
