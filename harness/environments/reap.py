"""Ending what a killed Backfit left behind: processes, containers, networks, volumes, images and folders whose owner is gone.

All that a run makes carries its owner's token. What belongs to a living Backfit, or to one that cannot be seen from
here, is left alone.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import docker
import docker.errors

from harness.environments.engine import OWNER_LABEL, Engine, connect, engine_errors
from harness.environments.owner import ENVIRONMENT_VARIABLE, parse_owner
from harness.environments.store import half_installs, scratch_folders, writing_to
from harness.model.errors import EnvironmentFailed

_ROUNDS = 50
_PAUSE = 0.05


def reap_orphans() -> list[str]:
    """Ends and removes what gone owners left, and says what, a line each. Raises EnvironmentFailed when it cannot."""
    done = _reap_processes()
    for each in _left_behind():
        each.remove()
        done.append(each.name)
    return done


def orphans() -> list[str]:
    """What `reap_orphans` would end and remove, a line each; nothing is touched."""
    processes = []
    for handle, pid in _orphan_processes():
        os.close(handle)
        processes.append(f"process {pid}")
    return [*processes, *(each.name for each in _left_behind())]


@dataclass(frozen=True)
class _Left:
    """A thing whose owner is gone."""

    name: str
    remove: Callable[[], None]


def _left_behind() -> Iterator[_Left]:
    if (engine := _engine()) is not None:
        yield from _on_engine(engine)
    for folder, owner in scratch_folders():
        if owner.gone():
            yield _Left(f"folder {folder}", partial(_remove, folder))
    for folder in half_installs():
        yield _Left(f"unfinished installation {folder}", partial(_remove, folder))


def _engine() -> Engine | None:
    try:
        return connect()
    except EnvironmentFailed:  # no engine, no containers
        return None


def _reap_processes() -> list[str]:
    """KILL to every process with the mark of a gone owner, until none is left: they may fork while we look."""
    ended: dict[int, str] = {}
    for _ in range(_ROUNDS):
        found = list(_orphan_processes())
        for handle, pid in found:
            with suppress(ProcessLookupError):  # it ended by itself
                signal.pidfd_send_signal(handle, signal.SIGKILL)
            os.close(handle)
            ended[pid] = f"process {pid}"
        if not found:
            break
        time.sleep(_PAUSE)
    return list(ended.values())


def _orphan_processes() -> Iterator[tuple[int, int]]:
    """(pidfd, pid) of each; the pidfd is opened before the mark is read, so it is the same process that is ended."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            handle = os.pidfd_open(int(folder.name))
        except ProcessLookupError:
            continue
        if _is_orphan(folder):
            yield handle, int(folder.name)
        else:
            os.close(handle)


def _is_orphan(process: Path) -> bool:
    try:
        variables = (process / "environ").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError, PermissionError):  # it has ended, or is another user's
        return False
    mark = f"{ENVIRONMENT_VARIABLE}=".encode()
    token = next((each.removeprefix(mark) for each in variables if each.startswith(mark)), b"")
    return _is_gone(token.decode("ascii", "replace"))


def _is_gone(token: str) -> bool:
    owner = parse_owner(token)
    return owner is not None and owner.gone()


def _on_engine(engine: Engine) -> Iterator[_Left]:
    with engine_errors("looking for what a killed run left"):
        found = [(name, remove) for name, labels, remove in _labelled(engine.client.api) if _is_orphaned(labels)]
    for name, remove in found:
        yield _Left(name, partial(_remove_from_engine, remove))


def _labelled(api: docker.APIClient) -> Iterator[tuple[str, Mapping[str, str], Callable[[], object]]]:
    """Name, labels and end of each that some Backfit made: containers first, since they hold on to the others."""
    mine: dict[str, str | list[str] | bool] = {"label": OWNER_LABEL}
    for each in api.containers(all=True, filters=mine):
        name = (each.get("Names") or [each["Id"]])[0].lstrip("/")
        yield f"container {name}", each["Labels"], partial(api.remove_container, each["Id"], v=True, force=True)
    for each in api.networks(filters=mine):
        yield f"network {each['Name']}", each["Labels"], partial(api.remove_network, each["Id"])
    for each in api.volumes(filters=mine)["Volumes"] or ():
        yield f"volume {each['Name']}", each["Labels"], partial(api.remove_volume, each["Name"], force=True)
    for each in api.images(filters=mine):
        yield f"image {each['Id']}", each["Labels"], partial(api.remove_image, each["Id"], force=True)


def _is_orphaned(labels: Mapping[str, str]) -> bool:
    return _is_gone(labels.get(OWNER_LABEL, ""))


def _remove_from_engine(remove: Callable[[], object]) -> None:
    """Again while the engine is at it: another run reaps as well, and a network's last container goes in this moment."""
    with engine_errors("removing what a killed run left"):
        for left in reversed(range(_ROUNDS)):
            try:
                remove()
            except docker.errors.NotFound:
                return
            except docker.errors.APIError:
                if not left:
                    raise
                time.sleep(_PAUSE)
            else:
                return


def _remove(folder: Path) -> None:
    with writing_to(folder), suppress(FileNotFoundError):  # another run reaps as well
        shutil.rmtree(folder)
