"""Places in a plugin's code as a contract tells them: the same from run to run and from machine to machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

MOST = 5
"""More places in the code than these are not kept for one place in an answer."""

_LONGEST = 200
_PLACE = re.compile(r"(?P<file>.*?)(?P<at>(?::\d+){0,2})", re.DOTALL)
_ADDRESS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+)://[^/?#]*(?P<path>[^?#]*).*", re.DOTALL)
_NO_FILE = re.compile(r"(?P<scheme>blob|data|javascript):.*", re.DOTALL)
_PACKAGES = re.compile(r".*/(?:site-packages|dist-packages|node_modules)/", re.DOTALL)
_DRIVE = re.compile(r"[A-Za-z]:/")


def told(places: Iterable[str], roots: Sequence[Path] = ()) -> tuple[str, ...]:
    """The first few of `URL-or-file:line:column`, each once, in the order of files and lines, without host, query and machine.

    A file is told relative to the one of `roots` that holds it, else to the packages that it was installed among, else by its
    name alone.
    """
    return tuple(sorted({_tidied(place, roots) for place in places}, key=_order)[:MOST])


def _tidied(place: str, roots: Sequence[Path]) -> str:
    found = _PLACE.fullmatch(place)
    assert found is not None
    return _named(found["file"], roots)[-_LONGEST:] + found["at"]


def _named(file: str, roots: Sequence[Path]) -> str:
    address = _ADDRESS.fullmatch(file)
    if address is None:
        without = _NO_FILE.fullmatch(file)
        return _file(file, roots) if without is None else without["scheme"]
    if address["scheme"] == "file":
        return _file(unquote(address["path"]), roots)
    return address["path"] or "/"


def _file(file: str, roots: Sequence[Path]) -> str:
    path = file.replace("\\", "/")
    if not path.startswith("/") and not _DRIVE.match(path):
        return path
    for root in roots:
        if PurePosixPath(path).is_relative_to(root.as_posix()):
            return str(PurePosixPath(path).relative_to(root.as_posix()))
    inside = _PACKAGES.match(path)
    return path[inside.end() :] if inside else PurePosixPath(path).name


def _order(place: str) -> tuple[str, list[int]]:
    found = _PLACE.fullmatch(place)
    assert found is not None
    return found["file"], [int(number) for number in found["at"].split(":")[1:]]
