"""Running a stranger's program for a bounded time, and leaving none of its processes behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from harness.record import tether

_HEAD, _TAIL = 8 * 1024 * 1024, 64 * 1024
_ROUNDS = 20
_PATIENCE = 2.0


@dataclass(frozen=True)
class Ended:
    """`code` is the exit code, negative for a signal, None where the time was up.

    Of each output the first 8 MiB and the last 64 KiB are kept. `killed` says why some of its processes were killed, where
    that was for a limit of its machine's: `out of memory (512M)`.
    """

    code: int | None
    stdout: str
    stderr: str
    killed: str = ""


def run_bounded(
    command: Sequence[str], *, folder: Path, scratch: Path, environment: Mapping[str, str], timeout: float
) -> Ended:
    """Run `command` in `folder` for at most `timeout` seconds; then it and all that it started is killed.

    What it left behind is known by `scratch`, the TMPDIR of its environment. However much it prints, memory is bounded,
    and no disk is filled.
    """
    tied = [sys.executable, "-I", "-S", tether.__file__, str(os.getpid()), *command]
    process = subprocess.Popen(
        tied,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout
    assert process.stderr
    out, err = Drain(process.stdout), Drain(process.stderr)
    try:
        code = process.wait(timeout)
    except subprocess.TimeoutExpired:
        code = None
    finally:
        _end(process, scratch)
        texts = out.text(), err.text()
    return Ended(code, *texts)


class Drain:
    """Takes all that a pipe gives, on a thread of its own, and keeps its beginning and its end."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe, self._head, self._tail, self._more = pipe, bytearray(), bytearray(), 0
        self._thread = threading.Thread(target=self._run, name="drain", daemon=True)
        self._thread.start()

    def text(self) -> str:
        """What came until now. One that got away and holds the pipe open is not waited for."""
        self._thread.join(_PATIENCE)
        left_out = self._more - len(self._tail)
        gap = f"\n… {left_out} bytes are left out …\n".encode() if left_out else b""
        return bytes(self._head + gap + self._tail).decode(errors="replace")

    def _run(self) -> None:
        with self._pipe, suppress(OSError, ValueError):  # the pipe is gone
            while chunk := os.read(self._pipe.fileno(), 1 << 16):
                room = _HEAD - len(self._head)
                self._head += chunk[:room]
                self._tail += chunk[room:]
                self._more += max(0, len(chunk) - room)
                del self._tail[:-_TAIL]


def _end(process: subprocess.Popen[bytes], scratch: Path) -> None:
    # Browsers and daemons leave the group, so the tree is read before its root is gone.
    tree = list(_descendants(process.pid)) if process.poll() is None else []
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for pid in tree:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
    for _ in range(_ROUNDS):  # they may fork while we look
        if not (left := list(_marked(scratch))):
            break
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _marked(scratch: Path) -> Iterator[int]:
    """Processes whose temporary folder is `scratch`: nobody else's is."""
    mark = f"TMPDIR={scratch}".encode()
    for variables in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # it ended while we looked, or is another user's
            if mark in variables.read_bytes().split(b"\0") and not _is_zombie(variables.parent):
                yield int(variables.parent.name)


def _is_zombie(process: Path) -> bool:
    return (process / "stat").read_text(errors="replace").rpartition(")")[2].split()[0] == "Z"


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
