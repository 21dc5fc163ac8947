"""Where a workspace keeps what it knows of a side that is up: a folder with a state, a socket, a log and a lock.

The keeper holds the lock as long as it lives, so that two never keep the same side; everybody else goes by the owner in
the state, which tells a living keeper from a dead one.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from harness.atomic import write_atomically
from harness.environments.owner import parse_owner
from harness.environments.spec import Environment, SideName
from harness.environments.store import file_name
from harness.model.errors import EnvironmentFailed, UsageError

UP = Path(".backfit") / "up"
_SCHEMA = "backfit/up/v1"
_LETS_GO = 5.0
"""Seconds in which the kernel closes the files of a killed process: it counts as ended before its last thread is."""
_PATIENCE = 2.0
"""Seconds that a lock may be held by somebody who only sweeps up."""


@dataclass(frozen=True)
class State:
    """One side that is being started or is up. `owner` is the keeper's token, `since` seconds of the epoch.

    `url` is the system's address, `front` what people are given in its place: behind the shim, at a port of their own, or
    with `faults` on the path; `version` says the system's name as well;
    `containers` are ids by name; without them, `folder` and `log` are the system's workspace and its output.
    """

    environment: str
    path: str
    side: SideName
    owner: str
    since: float
    phase: Literal["starting", "up"] = "starting"
    driver: str = ""
    reason: str = ""
    url: str = ""
    front: str = ""
    shim: str = ""
    faults: bool = False
    version: str = ""
    containers: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""
    log: str = ""

    @property
    def name(self) -> str:
        """`bike-shop (old)`."""
        return f"{self.environment} ({self.side})"

    @property
    def address(self) -> str:
        """Where a person goes."""
        return self.front or self.url

    @property
    def gone(self) -> bool:
        """Whether its keeper has ended without a word: it was killed."""
        owner = parse_owner(self.owner)
        return owner is None or owner.gone()


@dataclass(frozen=True)
class Place:
    """The folder of one side of one environment."""

    folder: Path

    @property
    def socket(self) -> Path:
        """Where the keeper answers."""
        return self.folder / "keeper.sock"

    @property
    def log(self) -> Path:
        """What the keeper did, and what went wrong."""
        return self.folder / "keeper.log"

    @property
    def _state(self) -> Path:
        return self.folder / "state.json"

    def read(self) -> State | None:
        """What is there; None where nothing is, or where it was just taken away."""
        try:
            found = json.loads(self._state.read_bytes())
            return State(**found) if found.pop("schema") == _SCHEMA else None
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def write(self, state: State) -> None:
        """Whole or not at all. Raises EnvironmentFailed."""
        write_atomically(self._state, [json.dumps({"schema": _SCHEMA, **asdict(state)}, indent=1).encode()])

    def sweep(self) -> bool:
        """Removes what a killed keeper left; False where it lives, or somebody else is at it."""
        state = self.read()
        if state is not None and not state.gone:
            return False
        try:
            with self.held(0.0 if state is None else _LETS_GO):
                return True
        except UsageError:
            return False

    @contextmanager
    def held(self, patience: float = _PATIENCE) -> Iterator[None]:
        """The folder is made and is ours, and is removed at the end. Raises UsageError where a keeper holds it."""
        descriptor = self._lock(time.monotonic() + patience)
        try:
            yield
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)  # while the lock is held: nobody has begun to use it
            os.close(descriptor)

    def _lock(self, deadline: float) -> int:
        while True:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            except FileNotFoundError:  # the one before removed the folder in this moment
                continue
            except OSError as error:
                hint = "free some space, or run where you may write"
                what = f"cannot write: {error.strerror}"
                raise EnvironmentFailed(what, where=str(self.folder), hint=hint) from error
            if _is_ours(descriptor, self.folder / "lock"):
                return descriptor
            os.close(descriptor)
            if time.monotonic() > deadline:
                raise UsageError("it is being started or ended by another command", where=str(self.folder))
            time.sleep(0.02)


def place_of(environment: Environment, side: SideName, workspace: Path) -> Place:
    """The place of a side. The file's path is in its name: two environments may have one name."""
    path = hashlib.sha256(str(environment.path.resolve()).encode()).hexdigest()[:6]
    return Place(workspace.absolute() / UP / f"{file_name(environment.name)}-{side}-{path}")


def places(workspace: Path) -> list[Place]:
    """All that are there, whether somebody keeps them or not."""
    return [Place(folder) for folder in sorted((workspace.absolute() / UP).glob("*")) if folder.is_dir()]


def _is_ours(descriptor: int, file: Path) -> bool:
    """Whether the lock was free, and the file was not removed by the one who had it before."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.fstat(descriptor).st_ino == file.stat().st_ino
    except (BlockingIOError, FileNotFoundError):
        return False
