"""What a container may do: as little as a stranger's program needs, the same for system, services and plugin."""

from __future__ import annotations

from typing import Any

from docker.types import LogConfig

from harness.environments.spec import Host

MEMORY = 4 * 2**30
"""Bytes of memory where the environment says nothing."""
CPUS = 2.0
"""Processors where the environment says nothing."""

_STEPPING_DOWN = ("CHOWN", "DAC_OVERRIDE", "FOWNER", "NET_BIND_SERVICE", "SETGID", "SETUID")
_CPU_PERIOD = 100_000


def isolation(host: Host, *, user: str, writable: bool = False, pids: int = 1024) -> dict[str, Any]:
    """Arguments for `containers.create`: no capabilities, no new privileges, bounded memory, CPU, processes and output.

    The root is read-only, with memory for /tmp, /var/tmp and /run, unless it is `writable`. A `user` that is root ("",
    "0", "root": an image's own choice) keeps a writable root and what it takes to prepare its files and become another.
    """
    memory, root = memory_of(host), is_root(user)
    return {
        "user": user,
        "cap_drop": ["ALL"],
        "cap_add": list(_STEPPING_DOWN) if root else [],
        "security_opt": ["no-new-privileges"],
        "pids_limit": pids,
        "mem_limit": memory,
        "memswap_limit": memory,
        "cpu_period": _CPU_PERIOD,  # unlike nano_cpus, a quota may be more than the machine has
        "cpu_quota": int((host.cpus or CPUS) * _CPU_PERIOD),
        "log_config": LogConfig(type=LogConfig.types.JSON, config={"max-size": "64m", "max-file": "2"}),
        **({} if root or writable else {"read_only": True, "tmpfs": _in_memory(memory, user)}),
    }


def memory_of(host: Host) -> int:
    """Bytes of memory that a container has; one that takes more is killed."""
    return host.memory or MEMORY


def is_root(user: str) -> bool:
    """Whether a container's user, as Docker writes it (`name:group`, numbers or ""), is root."""
    return user.partition(":")[0] in ("", "0", "root")


def _in_memory(memory: int, user: str) -> dict[str, str]:
    """Folders to write to; what lies there counts as the container's memory, so it is bounded below it.

    They are the user's, because older runc gives them the mode of the image's folder, and /run is root's alone.
    """
    number = user.partition(":")[0]
    owner = f",uid={number}" if number.isdecimal() else ""
    options = f"rw,exec,nosuid,nodev,mode=1777{owner}"
    return {
        "/tmp": f"{options},size={memory // 2}",  # noqa: S108 (a place in the container)
        "/var/tmp": f"{options},size={memory // 8}",  # noqa: S108
        "/run": f"{options},size={memory // 8}",
    }
