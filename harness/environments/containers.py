"""The docker driver: each version in an image of its own, on the run's private network, published on loopback only."""

from __future__ import annotations

import re
import secrets
import tarfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import docker.errors
import requests
from docker.models.containers import Container
from docker.models.networks import Network

from harness.environments.commands import failed, tail_of
from harness.environments.engine import Engine, archive, engine_errors, labels
from harness.environments.images import SideImage, side_image
from harness.environments.launch import (
    SEED_TIMEOUT,
    Address,
    Scratch,
    prepare_scratch,
    seed_variables,
    start_words,
    system_variables,
)
from harness.environments.process import free_port
from harness.environments.ready import PortInUse, probe_for, wait_until_ready
from harness.environments.spec import Environment, Side, SideName
from harness.environments.store import Tell, file_name

ROOT = "/backfit"
"""The folder in the container that holds workspace, home and seed."""
DEFAULT_PORT = 8000
PROCESS_LIMIT = 2048

_PORT_TAKEN = re.compile(r"port is already allocated|address already in use", re.I)
_OWNED_FOLDERS = ("workspace", "home", "seed")


class ContainerSystem:
    """A system in a container; see RunningSystem."""

    def __init__(self, driver: DockerDriver, container: Container, image: SideImage, url: str) -> None:
        self.url = url
        self.version = image.version
        self.plugin_version = image.plugin_version
        self._driver = driver
        self._container = container
        self._last_words: str | None = None

    def logs(self, lines: int = 40) -> str:
        """Its last lines of output, after it was stopped as well."""
        if self._last_words is not None:
            return "\n".join(self._last_words.splitlines()[-lines:])
        with engine_errors("reading the container's output"):
            return tail_of(self._container.logs(tail=lines), lines)

    def alive(self) -> bool:
        """Whether the container runs."""
        if self._last_words is not None:
            return False
        with engine_errors("looking at the container"):
            self._container.reload()
            return bool(self._container.status == "running")

    def stop(self) -> None:
        """Removes the container, and the run's network when it was the last one."""
        if self._last_words is None:
            self._last_words = self.logs(1000)
            self._driver.remove(self._container)


@dataclass(frozen=True)
class _Start:
    """What the containers of one start have in common."""

    environment: Environment
    side: Side
    image: SideImage
    scratch: Scratch

    @property
    def workspace(self) -> str:
        """Ours; that of an image with a command of its own is its working folder."""
        own = str(self.image.config.get("WorkingDir") or "")
        return own if self.side.start is None and own not in ("", "/") else f"{ROOT}/workspace"

    @property
    def user(self) -> str:
        """The user to run as: an image keeps its own."""
        return str(self.image.config.get("User") or "") if self.image.user is None else str(self.image.user)

    def rights(self) -> dict[str, Any]:
        """No capabilities, but for an image that starts as root: it may need them to become another user."""
        drop = {} if self.user.partition(":")[0] in ("", "0", "root") else {"cap_drop": ["ALL"]}
        return {"user": self.user, "security_opt": ["no-new-privileges"], "pids_limit": PROCESS_LIMIT, **drop}

    def variables(self, run_id: str, address: Address) -> dict[str, str]:
        """The system's variables, in the container's places."""
        path = {"PATH": self.image.path} if self.image.path else {}
        home = {} if self.side.start is None else {"HOME": f"{ROOT}/home"}
        return {**path, **home, **system_variables(self.environment, self.side, run_id, address)}


class DockerDriver:
    """Brings systems up as containers; see Driver."""

    name = "docker"

    def __init__(self, engine: Engine, run_id: str) -> None:
        self._engine = engine
        self._run_id = run_id
        self._lock = threading.Lock()
        self._containers: set[str] = set()
        self._network: Network | None = None

    def prepare(self, environment: Environment, side: SideName, tell: Tell) -> None:
        """Makes or fetches the side's image unless it is there."""
        side_image(self._engine, environment, environment.side(side), self._run_id, tell)

    def start(self, environment: Environment, side: SideName, tell: Tell) -> ContainerSystem:
        """A fresh workspace, the seed, the start, until it is ready; once more when another process took the port."""
        chosen = environment.side(side)
        image = side_image(self._engine, environment, chosen, self._run_id, tell)
        scratch = prepare_scratch(environment, chosen, self._run_id)
        start = _Start(environment, chosen, image, scratch)
        try:
            with engine_errors(f"starting {environment.system.name} ({side})"):
                try:
                    return self._start(start)
                except PortInUse:
                    return self._start(start)
        finally:
            scratch.remove()

    def _start(self, start: _Start) -> ContainerSystem:
        host_port = free_port()
        port = start.environment.system.port or DEFAULT_PORT
        address = Address("0.0.0.0", port, f"http://127.0.0.1:{host_port}")  # noqa: S104 (inside the container)
        words = start_words(start.side, address)
        container = self._create(start, words, start.variables(self._run_id, address), {port: host_port})
        system = ContainerSystem(self, container, start.image, address.url)
        try:
            self._fill(start, container, start.variables(self._run_id, address))
            _run(container, host_port)
            name = f"{start.environment.system.name} ({start.side.name})"
            command = " ".join(words) or start.image.name
            wait_until_ready(
                system, probe_for(start.side.ready, system, host_port), start.side.ready.timeout, name, command
            )
        except BaseException:
            self.remove(container)
            raise
        return system

    def _create(
        self, start: _Start, words: list[str], variables: Mapping[str, str], ports: Mapping[int, int]
    ) -> Container:
        with self._lock, self._network_in_use():
            container = self._engine.client.containers.create(
                start.image.name,
                command=words[1:] or None,
                entrypoint=words[:1] or None,
                environment=dict(variables),
                working_dir=start.workspace,
                name=f"backfit-{file_name(self._run_id)}-{start.side.name}-{secrets.token_hex(4)}",
                labels=labels(self._run_id, start.side.name),
                network=self._private_network().name,
                ports={f"{inside}/tcp": ("127.0.0.1", outside) for inside, outside in ports.items()},
                **start.rights(),
            )
            self._containers.add(str(container.id))
            return container

    def _private_network(self) -> Network:
        if self._network is None:
            name = f"backfit-{file_name(self._run_id)}-{secrets.token_hex(4)}"
            self._network = self._engine.client.networks.create(name, labels=labels(self._run_id, ""))
        return self._network

    def _fill(self, start: _Start, container: Container, variables: Mapping[str, str]) -> None:
        """Puts the workspace into the container: the files, or what the seed made of them in a container of its own."""
        if start.side.seed is None:
            _put_files(start, container)
            return
        argv = [start.image.python, f"{ROOT}/seed/{start.side.seed.rpartition('/')[2]}"]
        seeding = self._create(start, argv, seed_variables(variables), {})
        try:
            _put_files(start, seeding)
            seeding.start()
            _wait_for_seed(seeding, argv)
            for folder in {ROOT, start.workspace} - {f"{ROOT}/workspace"}:
                stream, _ = seeding.get_archive(folder)
                container.put_archive(folder.rpartition("/")[0] or "/", b"".join(stream))
        finally:
            self.remove(seeding)

    def remove(self, container: Container) -> None:
        """Removes the container with its volumes; the last one takes the run's network along."""
        with self._lock, engine_errors("removing a container"):
            container.remove(force=True, v=True)
            self._containers.discard(str(container.id))
            self._drop_unused_network()

    @contextmanager
    def _network_in_use(self) -> Iterator[None]:
        """A network that got no container goes away with what was raised."""
        try:
            yield
        except BaseException:
            self._drop_unused_network()
            raise

    def _drop_unused_network(self) -> None:
        if not self._containers and self._network is not None:
            self._network.remove()
            self._network = None


def _run(container: Container, host_port: int) -> None:
    try:
        container.start()
    except docker.errors.APIError as error:
        if _PORT_TAKEN.search(str(error.explanation)):
            raise PortInUse(f"port {host_port} was taken by another process", hint="run it again") from error
        raise


def _wait_for_seed(container: Container, argv: list[str]) -> None:
    try:
        code = container.wait(timeout=SEED_TIMEOUT)["StatusCode"]
        outcome = f"failed with exit code {code}"
    except requests.RequestException:  # docker-py's way to say that the time is over
        code, outcome = None, f"not done after {SEED_TIMEOUT:.0f} s"
    if code != 0:
        raise failed(f"seed: {outcome} (docker)", argv, tail_of(container.logs(tail=20), 20))


def _put_files(start: _Start, container: Container) -> None:
    """The scratch folders, as files of the user that the system runs as."""
    number = start.user.partition(":")[0] or "0"

    def owned(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        if number.isdecimal():
            entry.uid = entry.gid = int(number)
        else:  # the image names its user: who that is, only the image knows
            entry.mode |= 0o777 if entry.isdir() else 0o666
        entry.uname = entry.gname = ""
        return entry

    folders = {f"{ROOT[1:]}/{name}": start.scratch.folder / name for name in _OWNED_FOLDERS}
    container.put_archive("/", archive(folders, {}, owned))
    if start.workspace != f"{ROOT}/workspace":
        entries = {entry.name: entry for entry in start.scratch.workspace.iterdir()}
        container.put_archive(start.workspace, archive(entries, {}, owned))
