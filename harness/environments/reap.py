"""Ending what a killed Backfit left behind: processes, containers, networks and folders whose owner is gone.

All that a run makes carries its owner's token. What belongs to a living Backfit, or to one that cannot be seen from
here, is left alone.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import docker.errors
from docker.models.containers import Container
from docker.models.networks import Network

from harness.environments.engine import OWNER_LABEL, Engine, connect, engine_errors
from harness.environments.owner import ENVIRONMENT_VARIABLE, parse_owner
from harness.environments.store import half_installs, scratch_folders, writing_to
from harness.model.errors import EnvironmentFailed

_ROUNDS = 50
_PAUSE = 0.05


def reap_orphans() -> list[str]:
    """Ends and removes what gone owners left, and says what, a line each. Raises EnvironmentFailed when it cannot."""
    done = _reap_processes()
    if (engine := _engine()) is not None:
        with engine_errors("removing what a killed run left"):
            done += _reap_containers(engine)
    for folder, owner in scratch_folders():
        if owner.gone():
            done.append(_remove(folder, "folder"))
    for folder in half_installs():
        done.append(_remove(folder, "unfinished installation"))
    return done


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


def _reap_containers(engine: Engine) -> list[str]:
    mine: dict[str, str | list[str] | bool] = {"label": OWNER_LABEL}
    found: list[Container | Network] = [
        *engine.client.containers.list(all=True, filters=mine, ignore_removed=True),
        *engine.client.networks.list(filters=mine),
    ]
    return [_remove_from_engine(each) for each in found if _is_gone(_labels(each).get(OWNER_LABEL, ""))]


def _labels(each: Container | Network) -> dict[str, str]:
    return each.labels if isinstance(each, Container) else (each.attrs.get("Labels") or {})


def _remove_from_engine(each: Container | Network) -> str:
    with suppress(docker.errors.NotFound):  # another run reaps as well
        if isinstance(each, Container):
            each.remove(force=True, v=True)
        else:
            each.remove()
    return f"{'container' if isinstance(each, Container) else 'network'} {each.name}"


def _remove(folder: Path, kind: str) -> str:
    with writing_to(folder):
        shutil.rmtree(folder)
    return f"{kind} {folder}"
