"""The plugin's container: a stranger's program without network, rights or this machine's files.

A fresh one for each run, whose first process is plugin_init: it sees `folder` and `files` under their own paths, read-only,
its scratch folder is memory of a bounded size, and whatever is wanted of it is handed out by plugin_init. Nothing that the
plugin made is ever opened by its path on this side.
"""

from __future__ import annotations

import json
import os
import secrets
import select
import signal
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from docker.models.containers import Container
from docker.types import Mount

from harness.environments import plugin_init
from harness.environments.commands import quoted
from harness.environments.engine import Engine, engine_errors, labels
from harness.environments.host_layer import user_of
from harness.environments.launch import hosts_entries
from harness.environments.lending import Lending, own_mount
from harness.environments.passage import passage
from harness.environments.rights import isolation, memory_of
from harness.environments.spec import Environment
from harness.environments.store import file_name
from harness.model.errors import EnvironmentFailed, UsageError
from harness.record.bounded import Drain, Ended
from harness.record.outputs import receive
from harness.record.scratch import scratch as private_folder

_START_TIMEOUT = 60.0
"""Seconds in which the container must report."""
_PATIENCE = 20.0
"""Seconds in which it must have ended its processes, and in which each piece of what it hands out must come."""
_SHARED_MEMORY = 2**30
_UMASK = 0o022
_CLOSED = "/root"
"""A folder that in most images only root may enter: where files of ours lie below the same path, the user owns it."""
_NEXT_TO_NOTHING = 2**16


class PluginContainer:
    """Runs programs in containers of `image`, as a user of the environment's host; see Sandbox."""

    def __init__(self, engine: Engine, image: str, environment: Environment, run_id: str) -> None:
        self._engine, self._image, self._environment, self._run_id = engine, image, environment, run_id
        self._lending = Lending()

    def run(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        scratch: Path,
        environment: Mapping[str, str],
        timeout: float,
        ports: Sequence[int] = (),
        files: Sequence[Path] = (),
        gives: Sequence[str] = (),
    ) -> Ended:
        """Run `command` in a container of its own; see Sandbox."""
        if not self._engine.local:
            hint = "unset DOCKER_HOST for an engine of this machine, or take --driver process"
            raise EnvironmentFailed(f"the engine at {self._engine.address} cannot see this machine's files", hint=hint)
        host = self._environment.host
        job = {
            "command": list(command),
            "folder": str(folder.absolute()),
            "environment": dict(environment),
            "scratch": str(scratch),
            "ports": list(dict.fromkeys(ports)),
            "gives": list(gives),
            "umask": int(host.umask, 8) if host.umask else _UMASK,
        }
        with private_folder() as made, engine_errors("running the plugin in a container"):
            lent = self._lending.mounts([folder, *self._environment.folders, *files], made)
            mounts = [own_mount(made / "own", scratch), *lent]
            with _listening(made / "own/way") as listening, self._created(mounts, scratch) as container:
                container.start()
                with _reported(listening, container) as way:
                    return self._ended(way, job, timeout, container)

    @contextmanager
    def _created(self, mounts: list[Mount], scratch: Path) -> Iterator[Container]:
        user = user_of(self._environment.host)
        rights = isolation(self._environment.host, user=str(user))
        in_memory = f"rw,exec,nosuid,nodev,mode=700,uid={user},size={int(rights['mem_limit']) // 4}"
        closed = {_CLOSED: f"rw,noexec,nosuid,nodev,uid={user},size={_NEXT_TO_NOTHING}"}
        places = [*(str(mount["Target"]) for mount in mounts), str(scratch)]
        container = self._engine.client.containers.create(
            self._image,
            entrypoint=["python3", "-I", "-S", f"{plugin_init.PLACE}/plugin_init.py"],
            name=f"backfit-{file_name(self._run_id)}-plugin-{secrets.token_hex(4)}",
            labels=labels(self._run_id, "plugin"),
            network_mode="none",
            extra_hosts=hosts_entries(self._environment, {"system": "127.0.0.1"}),
            mounts=mounts,
            shm_size=_SHARED_MEMORY,
            **{
                **rights,
                "tmpfs": {
                    **rights["tmpfs"],
                    **(closed if any(each.startswith(f"{_CLOSED}/") for each in places) else {}),
                    str(scratch): in_memory,
                },
            },
        )
        try:
            yield container
        finally:
            container.remove(force=True, v=True)

    def _ended(self, way: socket.socket, job: Mapping[str, Any], timeout: float, container: Container) -> Ended:
        """How the run ended, as the container tells it. What it hands out is in the scratch folder then."""
        way.settimeout(_PATIENCE)
        way.sendall(json.dumps(job).encode() + b"\n")
        out, err, *listening = _received(way, 2 + len(job["ports"]), container)
        prints, complains = Drain(os.fdopen(out, "rb")), Drain(os.fdopen(err, "rb"))
        sockets = [socket.socket(fileno=each) for each in listening]
        with way.makefile("rb") as answers, passage(dict(zip(job["ports"], sockets, strict=True))):
            in_time = _speaks(way, timeout)
            if not in_time:
                way.shutdown(socket.SHUT_WR)  # it ends them all, and says so
            told = json.loads(_line(answers) or "null") if _speaks(way, _PATIENCE) else None
            if told is None:
                code, for_memory = _death(container) if in_time else (None, False)
            elif "refused" in told:
                hint = "install it with the plugin, or name a program of the plugin's image"
                raise UsageError(f"the plugin's container cannot run {told['refused']}", where="scenario", hint=hint)
            else:
                code, for_memory = told["code"], told["killed_for_memory"]
                receive(answers, Path(job["scratch"]), job["gives"])
        memory = memory_of(self._environment.host)
        killed = f"out of memory ({memory >> 20}M)" if for_memory else ""
        return Ended(code, prints.text(), complains.text(), killed)


@contextmanager
def _listening(path: Path) -> Iterator[socket.socket]:
    """A Unix socket that whoever runs in the container may connect to; on this machine nobody else reaches its folder."""
    with socket.socket(socket.AF_UNIX) as found:
        found.bind(str(path))
        path.chmod(0o666)
        found.listen(1)
        yield found


def _reported(listening: socket.socket, container: Container) -> socket.socket:
    """The connection of the container's first process. Raises EnvironmentFailed where it does not come up."""
    listening.settimeout(1)
    deadline = time.monotonic() + _START_TIMEOUT
    while True:
        try:
            return listening.accept()[0]
        except TimeoutError:
            container.reload()
            if container.status != "running" or time.monotonic() > deadline:
                raise _silent(container) from None


def _silent(container: Container) -> EnvironmentFailed:
    said = container.logs(tail=20).decode(errors="replace")
    return EnvironmentFailed("the plugin's container does not report", hint=quoted(said))


def _received(way: socket.socket, number: int, container: Container) -> list[int]:
    """File descriptors that the container's first process made."""
    with suppress(OSError):
        descriptors = socket.recv_fds(way, 1, number)[1]
        if len(descriptors) == number:
            return descriptors
    raise _silent(container)


def _speaks(way: socket.socket, timeout: float) -> bool:
    """Whether the other side says something, or has closed, within `timeout` seconds."""
    poll = select.poll()
    poll.register(way, select.POLLIN)
    return bool(poll.poll(timeout * 1000))


def _line(answers: BinaryIO) -> bytes:
    try:
        return answers.readline()
    except OSError:  # it was killed while it spoke
        return b""


def _death(container: Container) -> tuple[int, bool]:
    """As what signal's victim a container counts that was killed whole, and whether that was for its memory."""
    container.wait(timeout=_PATIENCE)
    container.reload()
    if not container.attrs["State"]["OOMKilled"]:
        raise _silent(container)
    return -signal.SIGKILL, True
