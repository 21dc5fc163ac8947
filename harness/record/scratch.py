"""The folder in which one scenario runs: thrown away at its end, and by the next run where Backfit was killed in between."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.environments.owner import current_owner, parse_owner

_PREFIX = "backfit-"
_OWNER = "owner"
_LONGEST_FOLDER = 40


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder for as long as the block goes on. What dead runs of this user left is removed first."""
    place = _short_folder()
    remove_left(place)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=place, ignore_cleanup_errors=True) as made:
        (Path(made) / _OWNER).write_text(current_owner().token)
        yield Path(made)


def remove_left(place: Path | None = None) -> list[Path]:
    """Remove the scenarios' folders whose Backfit is gone, and give them."""
    left = [folder for folder in (place or _short_folder()).glob(f"{_PREFIX}*") if _is_left(folder)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)  # another run may be at it
    return left


def _is_left(folder: Path) -> bool:
    """Only what is this user's own, and no link, is ever looked into: others may put things beside it."""
    try:
        if folder.is_symlink() or folder.stat().st_uid != os.getuid():
            return False
        owner = parse_owner((folder / _OWNER).read_text())
    except OSError:  # it is no scenario's, or goes in this moment
        return False
    return owner is not None and owner.gone()


def _short_folder() -> Path:
    """Where temporary files go. Chromium puts a socket there, whose whole path may hold some hundred bytes."""
    usual, common = Path(tempfile.gettempdir()), Path("/tmp")  # noqa: S108
    return usual if len(str(usual)) <= _LONGEST_FOLDER or not common.is_dir() else common
