"""A small program that runs one command and ends it, with all that it started, when Backfit lets go or dies.

Backfit holds the other end of this program's standard input. When that closes, by intent or because Backfit was killed
(kill -9 too), the command's process group gets TERM, then KILL. It is run by its path: it imports nothing of ours.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
import time
from pathlib import Path

GRACE = 5.0
"""Seconds between TERM and KILL."""

_PR_SET_CHILD_SUBREAPER = 36  # prctl(2): orphans of the command become our children, those that left its group as well


def main(argv: list[str]) -> int:
    """Runs argv until it ends (its exit code is given back) or until standard input closes."""
    wake, notify = os.pipe()
    os.set_blocking(notify, False)
    signal.set_wakeup_fd(notify)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    _become_subreaper()
    child = _start(argv)
    try:
        return _wait(child, wake)
    finally:
        _end_all(child)


def _start(argv: list[str]) -> int:
    return os.posix_spawn(
        argv[0],
        argv,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)],
        setsid=True,
        setsigdef=[signal.SIGPIPE, signal.SIGXFSZ],  # Python ignores these two, and would pass that on
    )


def _wait(child: int, wake: int) -> int:
    """The child's exit code; 128 + SIGTERM when we are to end it."""
    while True:
        readable, _, _ = select.select([0, wake], [], [])
        if 0 in readable:
            return 128 + signal.SIGTERM
        signals = os.read(wake, 512)
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        if set(signals) - {signal.SIGCHLD}:
            return 128 + signal.SIGTERM


def _end_all(group: int) -> None:
    """TERM to the group; after the grace, KILL to it and to whatever else has become our child, until none is left."""
    _signal(group, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    while _any_children() or _group_exists(group):
        if time.monotonic() > deadline or not _group_exists(group):
            _signal(group, signal.SIGKILL)
            for stray in _children():
                os.kill(stray, signal.SIGKILL)
        time.sleep(0.02)


def _any_children() -> bool:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _group_exists(group: int) -> bool:
    return _signal(group, 0)


def _signal(group: int, number: int) -> bool:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    return True


def _children() -> list[int]:
    own = str(os.getpid()).encode()
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_bytes().rpartition(b")")[2].split()
        except (FileNotFoundError, ProcessLookupError):  # it ended while we looked
            continue
        if fields[1] == own:
            found.append(int(stat.parent.name))
    return found


def _become_subreaper() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
