"""Snapshots that a workspace keeps of what is up: the data of services and system under a name, for a later day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.corridor.folders import make_folder
from harness.environments.store import file_name
from harness.living.dwellers import Dweller
from harness.living.talk import ask
from harness.model.errors import UsageError

SNAPSHOTS = Path(".backfit") / "snapshots"
_PATIENCE = 1800.0
"""Seconds that the data of a large database may take."""


def take(dweller: Dweller, name: str, workspace: Path) -> Path | None:
    """Keeps the data of what is up, and gives the file; None where it is kept for as long as that is up, and no longer.

    Raises UsageError for a name that is none, EnvironmentFailed where the data cannot be had.
    """
    if not re.fullmatch(r"\w[\w.-]{0,59}", name, re.ASCII):
        hint = "letters, digits, dots and dashes, such as before-import"
        raise UsageError(f"{name!r} is no name for a snapshot", hint=hint)
    file = _file(dweller, name, workspace)
    make_folder(file.parent)
    answer = _asked(dweller, "snapshot", name, file)
    return file if answer["file"] else None


def bring_back(dweller: Dweller, name: str, workspace: Path) -> str:
    """Puts a snapshot's data in the place of what is there, and gives the address when it is ready again.

    Raises UsageError where there is no such snapshot, or where it is of another version.
    """
    return str(_asked(dweller, "restore", name, _file(dweller, name, workspace))["address"])


def _asked(dweller: Dweller, what: str, name: str, file: Path) -> Mapping[str, Any]:
    return ask(dweller.place.socket, {"ask": what, "name": name, "file": str(file)}, timeout=_PATIENCE)


def _file(dweller: Dweller, name: str, workspace: Path) -> Path:
    side = f"{file_name(dweller.state.environment)}-{dweller.state.side}"
    return workspace.absolute() / SNAPSHOTS / side / f"{name}.tar.zst"
