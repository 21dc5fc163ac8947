"""What a plugin's run leaves behind, taken over as a stranger's: links, pipes and devices are not followed, sizes are bounded."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from harness.model.errors import EnvironmentFailed

MOST_BYTES = 512 * 2**20
"""What one run may hand out in all."""
LONGEST_TEXT = 64 * 2**20
"""What is read of one file of lines."""

_PIECE = 1 << 20
_LONGEST_LINE = 1 << 16


def opened(file: Path) -> BinaryIO | None:
    """The file, if it is one: no link, pipe, device or folder in its place, and nothing where there is nothing."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    return None


def content(file: Path, most: int = LONGEST_TEXT) -> bytes:
    """The first `most` bytes of the file; nothing where there is none."""
    found = opened(file)
    if found is None:
        return b""
    with found:
        return found.read(most)


def append(file: Path, to: Path) -> None:
    """Add the lines of `file` to `to`."""
    if lines := content(file):
        with to.open("ab") as target:
            target.write(lines)


def move(file: Path, to: Path) -> bool:
    """Put a copy of `file` in place of `to`; whether there was such a file."""
    found = opened(file)
    if found is None:
        return False
    to.parent.mkdir(parents=True, exist_ok=True)
    with found, to.open("wb") as target:
        for piece in _pieces(found, MOST_BYTES):
            target.write(piece)
    return True


def receive(stream: BinaryIO, folder: Path, gives: Sequence[str]) -> None:
    """Write the files that `stream` hands out below `folder`: for each a line of JSON (`name`, `size` in bytes), then its bytes.

    It ends with a line `{"end": true}`. A name is one of `gives`, or below a folder of that name. Raises EnvironmentFailed
    where it is another, and where it is too much.
    """
    left = MOST_BYTES
    while not (header := _header(stream)).get("end"):
        name, size = str(header["name"]), int(header["size"])
        if not _is_wanted(name, gives):
            raise EnvironmentFailed(f"the plugin's container hands out {name!r}, which nobody asked for")
        if size > left:
            raise EnvironmentFailed(f"the plugin's run left more than {MOST_BYTES >> 20} MiB", where=name)
        left -= size
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as target:
            for piece in _pieces(stream, size):
                target.write(piece)


def _header(stream: BinaryIO) -> dict[str, Any]:
    """The next line. One that was cut off ends all."""
    line = stream.readline(_LONGEST_LINE)
    return dict(json.loads(line)) if line.endswith(b"\n") else {"end": True}


def _is_wanted(name: str, gives: Sequence[str]) -> bool:
    parts = PurePosixPath(name).parts
    return ".." not in parts and any(name == each or name.startswith(f"{each}/") for each in gives)


def _pieces(stream: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (piece := stream.read(min(size, _PIECE))):
        size -= len(piece)
        yield piece
