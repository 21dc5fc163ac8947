"""The Docker engine: finding one, what of its errors people see, and the labels that say whose a container is."""

from __future__ import annotations

import io
import os
import socket
import tarfile
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import docker
import docker.errors
import requests

from harness.environments.owner import current_owner
from harness.model.errors import EnvironmentFailed

OWNER_LABEL = "backfit.owner"
ANSWER_TIMEOUT = 5
"""Seconds in which an engine must say that it is there."""
WORK_TIMEOUT = 1800
"""Seconds that one step of its work may be silent: a build can be."""


@dataclass(frozen=True)
class Engine:
    """An engine that answered."""

    client: docker.DockerClient
    version: str
    address: str

    @property
    def local(self) -> bool:
        """Whether it sees this machine's files."""
        return self.address.startswith("unix:")


def connect() -> Engine:
    """The engine of $DOCKER_HOST or of the usual socket. Raises EnvironmentFailed when none answers."""
    address = os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock"
    try:
        _knock(address)
        client = docker.from_env(timeout=ANSWER_TIMEOUT)
        version = str(client.version()["Version"])
    except (docker.errors.DockerException, OSError, ValueError) as error:  # requests' errors are OSErrors
        hint = f"start Docker, or take the process driver (--driver process)\n  {error}"
        raise EnvironmentFailed(f"no Docker engine answers at {address}", hint=hint) from error
    client.api.timeout = WORK_TIMEOUT
    weakref.finalize(client, client.api.close)  # drivers come and go without an end of their own
    return Engine(client, version, address)


def _knock(address: str) -> None:
    """Raises OSError when nobody is behind a Unix socket; the docker package would leave its own end of it open."""
    if address.startswith("unix://"):
        with socket.socket(socket.AF_UNIX) as knocking:
            knocking.settimeout(ANSWER_TIMEOUT)
            knocking.connect(address.removeprefix("unix://"))


@contextmanager
def engine_errors(what: str) -> Iterator[None]:
    """The engine's refusals as an EnvironmentFailed that begins with `what`."""
    try:
        yield
    except docker.errors.APIError as error:
        raise EnvironmentFailed(f"{what}: {error.explanation or error}") from error
    except (docker.errors.DockerException, requests.RequestException) as error:
        raise EnvironmentFailed(f"{what}: {error}") from error


def labels(run_id: str, side: str) -> dict[str, str]:
    """Labels for all that a run makes; the owner's token tells a reused pid apart."""
    owner = current_owner()
    return {
        "backfit.run": run_id,
        "backfit.side": side,
        "backfit.owner-pid": str(owner.pid),
        OWNER_LABEL: owner.token,
    }


def archive(
    folders: Mapping[str, Path], texts: Mapping[str, str], adjust: Callable[[tarfile.TarInfo], tarfile.TarInfo]
) -> bytes:
    """A tar of `folders` (name inside -> path here) and `texts` (name -> content), each entry as `adjust` makes it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, folder in folders.items():
            tar.add(folder, name, filter=adjust)
        for name, text in texts.items():
            entry = tarfile.TarInfo(name)
            entry.mode, entry.size = 0o644, len(text.encode())
            tar.addfile(adjust(entry), io.BytesIO(text.encode()))
    return buffer.getvalue()
