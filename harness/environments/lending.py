"""What of this machine a plugin's container is lent: some files and folders, read-only, under their own paths.

Its user is another than ours. What that user may not read is copied, and the copy is lent.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from docker.types import Mount

from harness.environments import plugin_init

_READ, _ENTER = 0o444, 0o111


class Lending:
    """Remembers, for as long as a check goes on, which paths everybody may read: a folder can be large."""

    def __init__(self) -> None:
        self._open: dict[Path, bool] = {}

    def mounts(self, paths: Sequence[Path], made: Path) -> Iterator[Mount]:
        """Each path, and all that is below it; copies are put in the folder `made`."""
        named = sorted({path.absolute() for path in paths})
        for number, path in enumerate(named):
            if not any(other in path.parents for other in named):
                source = path if self._is_open(path) else _copied(path, made / f"copy-{number}")
                yield Mount(str(path), str(source), type="bind", read_only=True)

    def _is_open(self, path: Path) -> bool:
        if path not in self._open:
            everything = [path, *path.rglob("*")] if path.is_dir() else [path]
            self._open[path] = all(each.is_symlink() or each.stat().st_mode & _READ == _READ for each in everything)
        return self._open[path]


def own_mount(folder: Path, scratch: Path) -> Mount:
    """The new folder `folder`, with what plugin_init needs: itself, and what the scratch folder begins with."""
    folder.mkdir()
    shutil.copyfile(plugin_init.__file__, folder / "plugin_init.py")
    _copied(scratch, folder / "given")
    folder.chmod(0o755)
    return Mount(plugin_init.PLACE, str(folder), type="bind", read_only=True)


def _copied(path: Path, to: Path) -> Path:
    """A copy that everybody may read who gets to it; nobody but its mount does."""
    if path.is_dir():
        shutil.copytree(path, to, symlinks=True)
    else:
        shutil.copyfile(path, to)
    for each in [to, *to.rglob("*")]:
        if not each.is_symlink():
            each.chmod(each.stat().st_mode | (_READ | _ENTER if each.is_dir() else _READ))
    return to
