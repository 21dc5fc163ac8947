"""Who started a process, container or folder: a token that tells a living Backfit from a dead one with its pid."""

from __future__ import annotations

import hashlib
import os
import platform
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT_VARIABLE = "BACKFIT_OWNER"
"""Holds the owner's token in the environment of all that a run starts."""


@dataclass(frozen=True)
class Owner:
    """A process of some machine: its pid, when it was started (ticks since boot), which boot and pid namespace."""

    pid: int
    started: int
    boot: str
    place: str

    @property
    def token(self) -> str:
        """The owner as a word that is fit for file names and labels; parse_owner reads it."""
        return f"{self.pid}-{self.started}-{self.boot}-{self.place}"

    def gone(self) -> bool:
        """Whether the process has surely ended. One of another machine or container cannot be seen, so it may live."""
        if self.place != _place():
            return False
        return self.boot != _boot() or started_at(self.pid) != self.started


def current_owner() -> Owner:
    """This process."""
    pid = os.getpid()
    return Owner(pid, started_at(pid) or 0, _boot(), _place())


def parse_owner(token: str) -> Owner | None:
    """The owner whose token this is, or None when it is not one."""
    parts = token.split("-")
    if len(parts) != 4 or not (parts[0].isdecimal() and parts[1].isdecimal()):
        return None
    return Owner(int(parts[0]), int(parts[1]), parts[2], parts[3])


def started_at(pid: int) -> int | None:
    """When `pid` was started, in clock ticks since boot (proc(5), field 22 of stat); None when it has ended.

    A zombie has ended. Without /proc every living pid counts as started at 0.
    """
    if not Path("/proc/self/stat").exists():
        return 0 if _exists(pid) else None
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in (b"Z", b"X") else int(fields[19])


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _boot() -> str:
    file = Path("/proc/sys/kernel/random/boot_id")
    return file.read_text().strip().replace("-", "")[:12] if file.exists() else "0"


def _place() -> str:
    link = Path("/proc/self/ns/pid")
    namespace = link.readlink() if link.is_symlink() else ""
    return hashlib.sha256(f"{platform.node()} {namespace}".encode()).hexdigest()[:12]
