"""The cache folder: installations kept by content, scratch folders of runs, and the locks between runs side by side."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.environments.owner import Owner, current_owner, parse_owner
from harness.model.errors import EnvironmentFailed

Tell = Callable[[str], None]
"""Takes one line for the person who waits."""

COMPLETE = "complete.json"


def cache_folder() -> Path:
    """$BACKFIT_CACHE, else $XDG_CACHE_HOME/backfit, else ~/.cache/backfit; it need not exist."""
    if own := os.environ.get("BACKFIT_CACHE"):
        return Path(own).absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache").absolute() / "backfit"


def content_key(*parts: object) -> str:
    """A short name for what `parts` (values of JSON) say; equal parts, equal key."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """A full disk, a read-only one or a wrong permission under here is an EnvironmentFailed that names `folder`."""
    try:
        yield
    except OSError as error:
        hint = "free some space, or let BACKFIT_CACHE name a folder on another disk"
        raise EnvironmentFailed(f"cannot write: {error.strerror or error}", where=str(folder), hint=hint) from error


@contextmanager
def locked(name: str, tell: Tell) -> Iterator[None]:
    """Holds the lock `name` against other runs; the kernel lets go of it when its holder dies."""
    file = cache_folder() / "locks" / f"{name}.lock"
    with writing_to(file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
    try:
        if not _try_lock(descriptor):
            tell("waiting for another run that makes the same thing")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def kept(key: str, make: Callable[[Path], dict[str, str]], tell: Tell) -> tuple[Path, dict[str, str]]:
    """The folder kept under `key` and the notes that `make` gave when it filled it, which it does where none is whole.

    Virtual environments cannot be moved, so it is made in its final place, and the notes, written last, say that it is
    whole. Raises EnvironmentFailed where the cache cannot be written, and what `make` raises.
    """
    folder = cache_folder() / "installs" / key
    with locked(key, tell), writing_to(folder):
        if (folder / COMPLETE).exists():
            os.utime(folder / COMPLETE)  # its last use, for who prunes
            return folder, json.loads((folder / COMPLETE).read_text())
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            notes = make(folder)
            write_whole(folder / COMPLETE, json.dumps(notes))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return folder, notes


def write_whole(file: Path, text: str) -> None:
    """Writes `file` whole or not at all."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_text(text)
    beside.rename(file)


def scratch_folder(run_id: str, side: str) -> Path:
    """A new, empty folder of this process; its name says whose it is, so that reaping can tell when it is left over."""
    runs = cache_folder() / "runs"
    with writing_to(runs):
        runs.mkdir(parents=True, exist_ok=True)
        prefix = f"{current_owner().token}.{file_name(run_id)}.{side}."
        return Path(tempfile.mkdtemp(prefix=prefix, dir=runs))


def scratch_folders() -> Iterator[tuple[Path, Owner]]:
    """Every run's scratch folder that is there, and its owner."""
    for folder in sorted((cache_folder() / "runs").glob("*.*")):
        if owner := parse_owner(folder.name.split(".")[0]):
            yield folder, owner


def half_installs() -> Iterator[Path]:
    """Installations that are not whole and that nobody is making; each is locked while it is looked at."""
    for folder in sorted((cache_folder() / "installs").glob("*")):
        if not (folder / COMPLETE).exists():
            with (cache_folder() / "locks" / f"{folder.name}.lock").open("a") as lock:
                if _try_lock(lock.fileno()) and not (folder / COMPLETE).exists():
                    yield folder


def file_name(text: str) -> str:
    """`text` fit for a file's, container's or network's name."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")[:60] or "run"


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
