"""Where a workspace keeps its contracts: one folder a plugin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from harness.model.errors import UsageError
from harness.written import suggestion

CONTRACTS = Path("contracts")
FILE_NAME = "contract.openapi.json"


def contract_file(named: str, workspace: Path = Path()) -> Path:
    """The file that a person means by a path, or by a plugin's name. Raises UsageError where there is none."""
    there = {file.parent.name: file for file in contract_files(workspace)}
    if Path(named).is_file():
        return Path(named)
    found = there.get(folder_name(named))
    if found is None:
        known = suggestion(named, list(there)) if there else f"this folder has no {CONTRACTS}/PLUGIN/{FILE_NAME}"
        raise UsageError(f"there is no contract {named!r}: it is no file, and no plugin of this workspace", hint=known)
    return found


def contract_files(workspace: Path = Path()) -> Iterator[Path]:
    """All contracts, in the order of their plugins' names."""
    yield from sorted((workspace / CONTRACTS).glob(f"*/{FILE_NAME}"))


def folder_name(plugin: str) -> str:
    """A plugin's name as one name in a folder: `@scope/name` and `../up` have no say in where it is."""
    return re.sub(r"[^\w.+@-]+", "-", plugin).strip(".-") or "unnamed"
