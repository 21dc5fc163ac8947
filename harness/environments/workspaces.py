"""Data of process systems under names, for as long as a run goes on: snapshots, and what a migration made."""

from __future__ import annotations

import shutil
import weakref
from pathlib import Path

from harness.environments.launch import Scratch
from harness.environments.store import scratch_folder, writing_to
from harness.model.errors import UsageError
from harness.written import suggestion


class Workspaces:
    """The kept data of one run; nothing is made before something is kept. What is left when Python ends goes with it."""

    def __init__(self, run_id: str) -> None:
        self._run_id = run_id
        self._folders: dict[tuple[str, str], Path] = {}
        weakref.finalize(self, _remove, self._folders)

    def keep(self, system: str, name: str, scratch: Scratch) -> None:
        """Keeps workspace and home of a stopped `system` under `name`, in place of what had it. EnvironmentFailed."""
        folder = scratch_folder(self._run_id, "kept")
        with writing_to(folder):
            for each in (scratch.workspace, scratch.home):
                shutil.copytree(each, folder / each.name, symlinks=True, ignore=_no_data)
        before, self._folders[system, name] = self._folders.get((system, name)), folder
        if before:
            shutil.rmtree(before)

    def kept(self, system: str, name: str) -> Scratch:
        """Where they lie. Raises UsageError where there is nothing of that name."""
        if (system, name) not in self._folders:
            known = [each for of, each in self._folders if of == system]
            raise UsageError(f"{system} has no snapshot '{name}'", hint=suggestion(name, known))
        return Scratch(self._folders[system, name])

    def has(self, system: str, name: str) -> bool:
        """Whether something is kept under that name."""
        return (system, name) in self._folders

    def close(self) -> None:
        """Removes all that is kept."""
        _remove(self._folders)


def replace_data(source: Scratch, target: Scratch) -> None:
    """Makes workspace and home of `target` a copy of those of `source`. Raises EnvironmentFailed."""
    with writing_to(target.folder):
        for before, after in ((source.workspace, target.workspace), (source.home, target.home)):
            shutil.rmtree(after)
            shutil.copytree(before, after, symlinks=True)


def _no_data(folder: str, names: list[str]) -> list[str]:
    """Sockets and pipes that a system left: they hold nothing, and a copy of one is no copy."""
    places = ((name, Path(folder, name)) for name in names)
    return [name for name, place in places if place.is_socket() or place.is_fifo()]


def _remove(folders: dict[tuple[str, str], Path]) -> None:
    while folders:
        shutil.rmtree(folders.popitem()[1], ignore_errors=True)
