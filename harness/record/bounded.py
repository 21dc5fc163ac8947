"""Running a stranger's program for a bounded time, and leaving none of its processes behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from harness.record import tether

_MOST_OUTPUT = 8 * 1024 * 1024


@dataclass(frozen=True)
class Ended:
    """`code` is the exit code, negative for a signal, None where the time was up. Output is cut at 8 MiB each."""

    code: int | None
    stdout: str
    stderr: str


def run_bounded(
    command: Sequence[str], *, folder: Path, scratch: Path, environment: Mapping[str, str], timeout: float
) -> Ended:
    """Run `command` in `folder` for at most `timeout` seconds; then it and all that it started is killed.

    Its output is kept in `scratch`, so that a process which it leaves behind cannot hold a pipe open.
    """
    out, err = scratch / "stdout", scratch / "stderr"
    tied = [sys.executable, "-I", "-S", tether.__file__, str(os.getpid()), *command]
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen(
            tied,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _end(process)
    return Ended(code, _text(out), _text(err))


def _end(process: subprocess.Popen[bytes]) -> None:
    # Browsers and daemons leave the group, so the tree is read before its root is gone.
    tree = list(_descendants(process.pid)) if process.poll() is None else []
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for pid in tree:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def _descendants(root: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended while we looked
            fields = status.read_text(errors="replace").rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(status.parent.name))
    waiting = [root]
    while waiting:
        waiting += (found := children.get(waiting.pop(), []))
        yield from found


def _text(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(_MOST_OUTPUT).decode(errors="replace")
