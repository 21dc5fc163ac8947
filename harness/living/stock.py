"""What Backfit keeps so as not to make it again (installations, files of npm packages, images), and what of it is old.

When each was last used is written by whoever uses it: on an installation's notes, and in an image's newest tag.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import docker.errors

from harness.environments.engine import Engine, connect, engine_errors
from harness.environments.store import COMPLETE, cache_folder, locked, writing_to
from harness.model.errors import EnvironmentFailed

_IMAGES = "backfit/"
_ROOMS = ("offline",)
"""Folders of the cache whose entries are files that were got once, and nobody's while they are not read."""


@dataclass(frozen=True)
class Kept:
    """One thing: `size` in bytes (of an image, what no other shares), `used` in seconds of the epoch."""

    name: str
    size: int
    used: float
    remove: Callable[[], None]
    """Raises EnvironmentFailed; removes nothing that has come into use meanwhile."""


def stock() -> list[Kept]:
    """All that is kept and that nothing uses now, the least used first. Raises EnvironmentFailed."""
    return sorted([*_installations(), *_files(), *_images()], key=lambda each: each.used)


def unused_for(seconds: float, things: list[Kept]) -> list[Kept]:
    """Those of `things` that were not used for so long."""
    return [each for each in things if each.used <= time.time() - seconds]


def _installations() -> Iterator[Kept]:
    at_work = _texts_of_processes()
    for folder in sorted((cache_folder() / "installs").glob("*")):
        notes = folder / COMPLETE
        if notes.exists() and str(folder).encode() not in at_work:
            used = notes.stat().st_mtime
            yield Kept(f"installation {folder}", _size(folder), used, partial(_remove_installation, folder))


def _remove_installation(folder: Path) -> None:
    with locked(folder.name, lambda _: None), writing_to(folder):
        (folder / COMPLETE).unlink(missing_ok=True)  # first: what is not whole is made anew
        shutil.rmtree(folder)


def _files() -> Iterator[Kept]:
    for room in _ROOMS:
        for package in sorted((cache_folder() / room).glob("*")):
            used = max(max(stat.st_atime, stat.st_mtime) for stat in (file.stat() for file in _below(package)))
            yield Kept(f"package {package}", _size(package), used, partial(_remove_files, package))


def _remove_files(folder: Path) -> None:
    with writing_to(folder):
        shutil.rmtree(folder)


def _images() -> Iterator[Kept]:
    try:
        engine = connect()
    except EnvironmentFailed:  # no engine, no images
        return
    with engine_errors("looking at images"):
        for image in engine.client.df()["Images"] or ():
            for name in image["RepoTags"] or ():
                if name.startswith(_IMAGES) and not image["Containers"]:
                    own = image["Size"] - max(0, image["SharedSize"])
                    used = max(image["Created"], _tagged(engine, name))
                    yield Kept(f"image {name}", own, used, partial(_remove_image, engine, name))


def _remove_image(engine: Engine, name: str) -> None:
    with engine_errors(f"removing the image {name}"):
        try:
            engine.client.images.remove(name)
        except docker.errors.ImageNotFound:  # another command removed it
            return
        except docker.errors.APIError as error:
            if error.status_code != 409:  # a container has come into being
                raise


def _tagged(engine: Engine, name: str) -> float:
    """When it got its newest tag, or the same one again. Go's RFC 3339 has nanoseconds, which Python does not read."""
    text: str = engine.client.images.get(name).attrs["Metadata"]["LastTagTime"]
    return datetime.fromisoformat(f"{text[:19]}+00:00").timestamp()


def _texts_of_processes() -> bytes:
    """Command lines and variables of all processes that we may look at: who uses an installation names its folder."""
    texts = []
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            try:
                texts.append((process / name).read_bytes())
            except OSError:  # it has ended, or is another user's
                continue
    return b"\0".join(texts)


def _size(folder: Path) -> int:
    """What the disk has of it, each file counted once."""
    blocks = {(stat.st_dev, stat.st_ino): stat.st_blocks for stat in map(os.lstat, _below(folder))}
    return sum(blocks.values()) * 512


def _below(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.rglob("*")
