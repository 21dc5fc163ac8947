"""The workspace's key: whoever has it gets the same pseudonyms for the same values. It lies beside the runs, never in one."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from harness.model.errors import BadFile, EnvironmentFailed

FILE = Path(".backfit") / "redaction.key"
VARIABLE = "BACKFIT_REDACTION_KEY"
_BYTES = 32
_SHORTEST = 16
_HINT = f"write 16 characters or more into it, or remove it: {FILE} is made anew, and with it other pseudonyms"


def workspace_key(workspace: Path, file: Path | None = None) -> bytes:
    """The key in `file`, else in the environment variable, else the workspace's own, which is made where there is none.

    Raises BadFile where what is there is too short for a key, EnvironmentFailed where none can be made.
    """
    if file is not None:
        return _read(file)
    if VARIABLE in os.environ:
        return _checked(os.environ[VARIABLE], VARIABLE)
    own = workspace / FILE
    if not own.exists():
        _make(own)
    return _read(own)


def _make(file: Path) -> None:
    """Readable by its owner alone, and whole at once: the first of several runs makes it."""
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(f"{secrets.token_hex(_BYTES)}\n")
        with suppress(FileExistsError):
            os.link(beside, file)
    except OSError as error:
        hint = f"run where you may write, or give a key in {VARIABLE}"
        raise EnvironmentFailed(f"no key can be made: {error.strerror}", where=str(file), hint=hint) from error
    finally:
        with suppress(OSError):  # it may not even have come to be
            beside.unlink()


def _read(file: Path) -> bytes:
    try:
        return _checked(file.read_text(encoding="utf-8"), str(file))
    except UnicodeDecodeError as error:
        raise BadFile("this is no key: it is no text", where=str(file), hint=_HINT) from error
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}", where=str(file), hint="check the path") from error


def _checked(text: str, where: str) -> bytes:
    key = text.strip().encode()
    if len(key) < _SHORTEST:
        raise BadFile(f"this is too short for a key: {len(key)} bytes", where=where, hint=_HINT)
    return key
