"""The lock's file, beside the environment's: read with lines in its errors, written whole and always in the same order."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from harness.atomic import write_atomically
from harness.environments.extends import Layer
from harness.environments.spec.lock import Lock
from harness.environments.validation import validated
from harness.environments.yaml_file import read_mapping

FORMAT = "backfit/lock/v1"
_HEAD = "Made by `backfit env lock`, and made anew by it: commit it beside the environment, and do not edit it."
_LINE = 4096
"""Characters of a line: a package stands on one."""

_TABLES = ("host", "images", "folders", "debian", "pip", "npm")


def lock_file(environment: Path) -> Path:
    """The lock's file of an environment's: environment.lock beside environment.yaml."""
    return environment.with_suffix(".lock")


def read_lock(file: Path) -> Lock | None:
    """The lock, or None where there is no such file. Raises BadFile with all that is wrong in it."""
    if not file.exists():
        return None
    data = read_mapping(file, "lock", f"schema: {FORMAT}")
    return validated(Lock, (Layer(file, data),), dict(data), {})


def write_lock(file: Path, lock: Lock) -> None:
    """Writes the lock, the same bytes for the same lock. Raises UsageError or EnvironmentFailed where it cannot."""
    document = _ordered(lock.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True))
    document.yaml_set_start_comment(_HEAD)
    yaml = YAML()
    yaml.width = _LINE
    text = io.StringIO()
    yaml.dump(document, text)
    write_atomically(file, [text.getvalue().encode()])


def _ordered(data: Mapping[str, Any], *, table: bool = False) -> CommentedMap:
    """The keys of the format in its order, those of its tables by name; a package stands on one line."""
    made = CommentedMap()
    for name in sorted(data) if table else data:
        value = data[name]
        made[name] = _ordered(value, table=not table and name in _TABLES) if isinstance(value, Mapping) else value
        if table and isinstance(value, Mapping) and "version" in value:
            made[name].fa.set_flow_style()
    return made
