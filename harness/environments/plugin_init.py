"""Run as the first process (PID 1) of a plugin's container: it starts the plugin, ends all of it, and hands its files out.

Over one Unix socket it gives away the ports that it listens on and the pipes that the plugin prints to, then the exit code
and the wanted files. Where that socket closes, by intent or because Backfit was killed, everything in here ends. It stands
alone (standard library only, Python >= 3.9), because the image's own Python runs it.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import shutil
import signal
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

PLACE = "/run/backfit"
"""Where this file is in the container; beside it are the socket `way`, and `given`, what the scratch folder begins with."""
MOST_FILES = 10_000

_PR_SET_DUMPABLE = 4
_EASILY_KILLED = b"1000"  # proc(5), oom_score_adj: where memory is short, the plugin goes before this process
_LAST = 19  # among the processes of this container, whose share of the machine stays the same: this one comes first
_OOM_COUNTS = ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control")  # cgroup v2, v1
_PIECE = 1 << 20


def main() -> None:
    """Do the job that comes through the socket, a line of JSON."""
    if os.getpid() != 1:  # it ends every process that it can see
        raise SystemExit("this is the first process of a container, and is run nowhere else")
    signal.signal(
        signal.SIGINT, signal.SIG_DFL
    )  # which PID 1 never gets from its own container; Python's handler it would
    _dumpable(0)  # the plugin is the same user: it may neither trace us nor open our files through /proc
    with socket.socket(socket.AF_UNIX) as way:
        way.connect(f"{PLACE}/way")
        job = json.loads(way.makefile("rb").readline())
        scratch = Path(job["scratch"])
        shutil.copytree(f"{PLACE}/given", scratch, dirs_exist_ok=True, copy_function=shutil.copyfile)
        wake = _woken_by_children()
        printed = _handed_out(way, job["ports"])
        try:
            child = _started(job, printed)
        except OSError as error:
            way.sendall(_line({"refused": f"{error.filename}: {error.strerror}"}))
            return
        code = _exit_code(child.pid, way, wake)
        _end_all()
        way.sendall(_line({"code": code, "killed_for_memory": _killed_for_memory()}))
        for file in _wanted(scratch, job["gives"]):
            _give(way, file, str(file.relative_to(scratch)))
        way.sendall(_line({"end": True}))


def _handed_out(way: socket.socket, ports: list[int]) -> list[int]:
    """The ends that the plugin prints to; their other ends, and what listens on the ports, are sent outside."""
    listening = [socket.create_server(("127.0.0.1", port), backlog=512) for port in ports]
    pipes = [os.pipe(), os.pipe()]
    reading = [read for read, _ in pipes]
    socket.send_fds(way, [b"\n"], [*reading, *(each.fileno() for each in listening)])
    for each in listening:
        each.close()
    for end in reading:
        os.close(end)
    return [write for _, write in pipes]


def _started(job: dict[str, Any], printed: list[int]) -> subprocess.Popen[bytes]:
    """The plugin's first process. Raises OSError where there is no such program."""
    child = subprocess.Popen(
        job["command"],
        cwd=job["folder"],
        env=job["environment"],
        stdin=subprocess.DEVNULL,
        stdout=printed[0],
        stderr=printed[1],
        start_new_session=True,
        preexec_fn=_become_plugin,
        umask=job["umask"],
    )
    for end in printed:
        os.close(end)
    return child


def _become_plugin() -> None:
    os.nice(_LAST)
    _dumpable(1)  # else /proc/self is root's
    descriptor = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
    os.write(descriptor, _EASILY_KILLED)
    os.close(descriptor)


def _dumpable(value: int) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, value, 0, 0, 0)


def _woken_by_children() -> int:
    """A pipe's end that can be read when a process of ours has ended."""
    wake, notify = os.pipe()
    os.set_blocking(notify, False)
    signal.set_wakeup_fd(notify)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return wake


def _exit_code(child: int, way: socket.socket, wake: int) -> int | None:
    """The child's, negative for a signal; None where the socket closed first. Orphans become ours, and are reaped here."""
    while True:
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            if ended[0] == child:
                return os.waitstatus_to_exitcode(ended[1])
        readable, _, _ = select.select([way.fileno(), wake], [], [])
        if way.fileno() in readable:
            return None
        os.read(wake, 512)


def _end_all() -> None:
    """KILL to every process of the container but this one, until none is left."""
    while True:
        with suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.02)


def _killed_for_memory() -> bool:
    """Whether the kernel ended a process of this container because its memory was used up."""
    for name in _OOM_COUNTS:
        with suppress(OSError):  # the other generation of cgroups
            counts = dict(line.rsplit(" ", 1) for line in Path(name).read_text().splitlines())
            return int(counts.get("oom_kill", 0)) > 0
    return False


def _wanted(scratch: Path, names: list[str]) -> Iterator[Path]:
    """The files of these names below `scratch`, and those below folders of these names; nobody writes to them any more."""
    left = MOST_FILES
    for name in names:
        if (scratch / name).is_dir():
            for folder, _, files in os.walk(scratch / name):
                yield from (Path(folder, file) for file in files[:left])
                left -= len(files[:left])
        else:
            yield scratch / name


def _give(way: socket.socket, file: Path, name: str) -> None:
    """Send the file, if it is one: links, pipes and devices in its place are not opened."""
    with suppress(OSError):  # it is not there, or cannot be read
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(descriptor, "rb") as content:  # noqa: PTH123
            found = os.fstat(descriptor)
            if stat.S_ISREG(found.st_mode):
                way.sendall(_line({"name": name, "size": found.st_size}))
                while piece := content.read(_PIECE):
                    way.sendall(piece)


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode() + b"\n"


if __name__ == "__main__":
    main()
