"""A person's command that brings a disposable system back to its beginning."""

from __future__ import annotations

import shlex
import socket
import subprocess
import time
from urllib.parse import urlsplit

from harness.model.errors import EnvironmentFailed, UsageError
from harness.probing.asking import Reset

_TIMEOUT = 120.0
_PAUSE = 0.1


def by_command(command: str, url: str) -> Reset:
    """Runs `command` (words as a shell splits them, no shell) and waits until somebody listens at `url` again.

    Raises UsageError where the command cannot be read; the reset itself raises EnvironmentFailed where it does not succeed.
    """
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"--reset cannot be read: {error}", hint="check its quotes") from error
    if not words:
        raise UsageError("--reset is empty", hint="give a command that brings the data of the new version back")

    def reset() -> str:
        _run(words)
        _wait(url)
        return url

    return reset


def _run(words: list[str]) -> None:
    hint = "run the command by hand: it must end with 0 once the data are as at the beginning"
    try:
        subprocess.run(words, check=True, capture_output=True, timeout=_TIMEOUT)
    except (OSError, subprocess.SubprocessError) as error:
        raise EnvironmentFailed(f"the reset failed: {error}", where=words[0], hint=hint) from error


def _wait(url: str) -> None:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    until = time.monotonic() + _TIMEOUT
    while True:
        try:
            socket.create_connection((parts.hostname or "", port), 1.0).close()
        except OSError as error:
            if time.monotonic() > until:
                raise EnvironmentFailed(
                    "nobody listens after the reset", where=url, hint="see the system's log"
                ) from error
            time.sleep(_PAUSE)
        else:
            return
