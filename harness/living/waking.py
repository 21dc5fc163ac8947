"""A keeper's process, started before it is known what it is to keep: it and we load what we need at the same time."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO


@dataclass
class Keeper:
    """One that waits for its job on `orders`, says on `words` what comes of it, and writes `complaints` until it has a log."""

    process: subprocess.Popen[bytes]
    orders: IO[bytes]
    words: IO[bytes]
    complaints: IO[bytes]
    busy: bool = False


@contextmanager
def awake() -> Iterator[Keeper]:
    """A keeper in a session of its own. At the end it lives on where it was given a job, and is gone where it was not."""
    command = [sys.executable, "-m", "harness.living.keeper"]
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, start_new_session=True
        )
        assert process.stdin
        assert process.stdout
        keeper = Keeper(process, process.stdin, process.stdout, complaints)
        try:
            yield keeper
        finally:
            if not keeper.busy:
                process.kill()
                process.wait()
            process.stdin.close()
            process.stdout.close()
