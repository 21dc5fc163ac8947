"""A start prepared: the command's words, the workspace's files and the variables, alike for both drivers."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.environments.secret_values import plain
from harness.environments.spec import Environment, Side
from harness.environments.store import scratch_folder, writing_to

SEED_TIMEOUT = 300.0
"""Seconds that a seed may take."""


@dataclass(frozen=True)
class Address:
    """Where a system listens (`host` and `port`, as it sees them) and where it is reached from here (`url`)."""

    host: str
    port: int
    url: str


@dataclass(frozen=True)
class Scratch:
    """The folders of one start: `workspace` is the system's working folder, `seed` holds the seed's script."""

    folder: Path

    @property
    def workspace(self) -> Path:
        """Where seed and system run."""
        return self.folder / "workspace"

    @property
    def home(self) -> Path:
        """The system's HOME, so that it sees nothing of the user's."""
        return self.folder / "home"

    @property
    def seed(self) -> Path:
        """Where the seed's script lies, beside the workspace and not in it."""
        return self.folder / "seed"

    @property
    def log(self) -> Path:
        """The system's output."""
        return self.folder / "system.log"

    def remove(self) -> None:
        """Removes it all; what a system made unremovable is left to reaping."""
        shutil.rmtree(self.folder, ignore_errors=True)


def prepare_scratch(environment: Environment, side: Side, run_id: str) -> Scratch:
    """New folders with the side's files and seed in place. Raises EnvironmentFailed when they cannot be written."""
    scratch = Scratch(scratch_folder(run_id, side.name))
    try:
        with writing_to(scratch.folder):
            for folder in (scratch.workspace, scratch.home, scratch.seed):
                folder.mkdir()
            for name in side.files:
                _copy(environment.folder / name, scratch.workspace / name)
            if side.seed:
                shutil.copy(environment.folder / side.seed, scratch.seed / Path(side.seed).name)
    except BaseException:
        scratch.remove()
        raise
    return scratch


def start_words(side: Side, address: Address) -> list[str]:
    """The start command as words. {options} becomes any number of them, the other placeholders parts of one."""
    text = (side.start or "").replace("{options}", side.spec.options)
    return [_fill(word, address) for word in shlex.split(text)]


def system_variables(environment: Environment, side: Side, run_id: str, address: Address) -> dict[str, str]:
    """Locale, time zone, the run's marks, and the environment's own variables with their placeholders filled in.

    Python's output comes unbuffered: a log probe waits for it, and a system that dies must not take it along.
    """
    own = {name: _fill(plain(value, environment.folder), address) for name, value in side.env.items()}
    marks = {"BACKFIT_SIDE": side.name, "BACKFIT_RUN": run_id}
    host = {"LANG": environment.host.locale, "TZ": environment.host.timezone, "PYTHONUNBUFFERED": "1"}
    return {**host, **own, **marks}


def seed_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """The system's variables, with Python's hashes fixed: a seed gives the same data each time."""
    return {**variables, "PYTHONHASHSEED": "0"}


def _fill(word: str, address: Address) -> str:
    for name, value in (("host", address.host), ("port", str(address.port)), ("url", address.url)):
        word = word.replace(f"{{{name}}}", value)
    return word


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copy(source, target)
