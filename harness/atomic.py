"""Files appear whole or not at all: a reader, a crash or a full disk never meets half of one."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from harness.model.errors import BackfitError, EnvironmentFailed, UsageError


def write_atomically(path: Path, chunks: Iterable[bytes]) -> None:
    """Write `chunks` to a temporary file beside `path`, sync it, and rename it into place.

    Raises UsageError where `path` cannot be a file that we write, EnvironmentFailed on a full or failing disk.
    """
    temporary = path.parent / f".{path.name}.{secrets.token_hex(4)}.tmp"
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with temporary.open("xb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException as error:
        with suppress(OSError):  # it may not even have come to be
            temporary.unlink()
        if isinstance(error, OSError):
            raise _explained(error, path) from error
        raise


@contextmanager
def journal(path: Path) -> Iterator[Callable[[str], None]]:
    """A function that writes a line to a new file, at once: a journal is of use where its writer came to no good end.

    Raises as `write_atomically` does.
    """
    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise _explained(error, path) from error

    def write(line: str) -> None:
        try:
            print(line, file=file, flush=True)
        except OSError as error:
            raise _explained(error, path) from error

    try:
        yield write
    finally:
        with suppress(OSError):  # what could not be flushed was told when it was written
            file.close()


def _explained(error: OSError, path: Path) -> BackfitError:
    what = f"cannot be written: {error.strerror or error}"
    if isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError | PermissionError):
        return UsageError(what, where=str(path), hint="name a file in a folder that exists and that you may write to")
    return EnvironmentFailed(what, where=str(path), hint="free some space or name another folder, then run it again")
