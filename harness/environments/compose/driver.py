"""The docker driver of an environment that has a compose file."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.environments.box import Box
from harness.environments.commands import quoted
from harness.environments.compose.arranged import Arrangement, arranged
from harness.environments.compose.building import images_of
from harness.environments.compose.project import Project
from harness.environments.compose.refusals import refusals
from harness.environments.compose.system import ComposeSystem
from harness.environments.compose.tool import resolved_config
from harness.environments.engine import Engine, engine_errors, labels
from harness.environments.launch import Address, filled
from harness.environments.network.private import PrivateNetwork
from harness.environments.ready import INTERVAL, probe_for, wait_until_ready
from harness.environments.rights import isolation
from harness.environments.secret_values import plain
from harness.environments.spec import Environment, Side, SideName
from harness.environments.store import Tell
from harness.model.errors import BadFile, EnvironmentFailed
from harness.written import suggestion

_TAKEN = frozenset({"os", "timezone", "locale", "cpus", "memory"})
"""Keys of host that mean something here; `os` is the plugin's alone."""


@dataclass(frozen=True)
class _Ready:
    """A side's compose files, resolved, and the image of each service."""

    config: Mapping[str, Any]
    folder: Path
    images: Mapping[str, str]


class ComposeDriver:
    """Brings a customer's compose file up, each time as a project of its own; see Driver."""

    name = "compose"

    def __init__(self, engine: Engine, run_id: str) -> None:
        self.engine = engine
        self._run_id = run_id
        self._prepared: dict[tuple[Path, SideName], _Ready] = {}

    def prepare(self, environment: Environment, side: SideName, tell: Tell) -> None:
        """Reads the side's compose files, and makes or fetches their images. Raises BadFile for what is not brought up."""
        self._ready(environment, side, tell)

    def start(self, environment: Environment, side: SideName, tell: Tell) -> ComposeSystem:
        """Starts the side from its files' own data, and returns when the system is ready."""
        ready, chosen = self._ready(environment, side, tell), environment.side(side)
        project = Project(self.engine, self._run_id, side, ready.folder)
        egress = environment.network.egress
        outward = PrivateNetwork(self.engine, self._run_id, egress) if egress else None

        def remove() -> None:
            project.remove()
            if outward:
                outward.drop()

        try:
            plan = self._arrangement(environment, chosen, ready, project.copy, outward.name if outward else None)
            tell(f"docker compose up ({side})")
            boxes = project.up(arranged(ready.config, plan), chosen.ready.timeout)
            return _awaited(environment, chosen, boxes, _version(ready, environment) or side, remove)
        except BaseException:
            remove()
            raise

    def limits(self, environment: Environment) -> list[str]:
        """What of the host the file's own images decide."""
        unheeded = sorted(environment.host.model_fields_set - _TAKEN)
        return [f"the compose file's own images decide host: {', '.join(unheeded)}"] if unheeded else []

    def close(self) -> None:
        """Nothing is kept between starts."""

    def _ready(self, environment: Environment, side: SideName, tell: Tell) -> _Ready:
        key = (environment.path, side)
        if key not in self._prepared:
            if not self.engine.local:
                raise EnvironmentFailed(
                    "a compose file is brought up by an engine of this machine only", where=self.engine.address
                )
            self._prepared[key] = self._read(environment, environment.side(side), tell)
        return self._prepared[key]

    def _read(self, environment: Environment, side: Side, tell: Tell) -> _Ready:
        _check_keys(environment, side)
        files = [environment.folder / name for name in (environment.compose, side.spec.compose) if name]
        config, folder = resolved_config(files), files[0].parent
        services = config.get("services") or {}
        if environment.system.service not in services:
            hint = suggestion(str(environment.system.service), services)
            raise BadFile(f"it has no service '{environment.system.service}'", where=str(files[0]), hint=hint)
        if refused := list(refusals(config, folder)):
            hint = "a stranger's containers get no rights over this machine: take it out of a copy of the file"
            raise BadFile("\n  ".join(["it is not brought up as it is:", *refused]), where=str(files[-1]), hint=hint)
        return _Ready(config, folder, images_of(self.engine, config, tell))

    def _arrangement(
        self, environment: Environment, side: Side, ready: _Ready, copy: Path, outward: str | None
    ) -> Arrangement:
        def rights(service: str) -> Mapping[str, Any]:
            with engine_errors(f"looking at the image of {service}"):
                own = self.engine.client.images.get(ready.images[service]).attrs["Config"].get("User") or ""
            user = str(ready.config["services"][service].get("user") or own)
            return isolation(environment.host, user=user, writable=True)

        return Arrangement(
            system=str(environment.system.service),
            folder=ready.folder,
            copy=copy,
            images=ready.images,
            labels=labels(self._run_id, side.name),
            rights=rights,
            variables=_variables(environment, side, self._run_id),
            outward=outward,
        )


def _awaited(
    environment: Environment, side: Side, boxes: Mapping[str, Box], version: str, remove: Callable[[], None]
) -> ComposeSystem:
    service, port = str(environment.system.service), environment.system.port or 0
    name = f"{environment.system.name} ({side.name})"
    if service not in boxes:
        raise EnvironmentFailed(f"{name}: docker compose made no container of the service '{service}'")
    host = _address(boxes[service], name, side.ready.timeout)
    system = ComposeSystem(f"http://{host}:{port}", version, service, boxes, remove)
    probe = probe_for(side.ready, system, port, host, system.run)
    wait_until_ready(system, probe, side.ready.timeout, name, f"docker compose up, service {service}")
    return system


def _address(box: Box, name: str, timeout: float) -> str:
    """Where this machine reaches it, on any of its networks; one that is restarted comes to have an address again."""
    deadline = time.monotonic() + timeout
    while True:
        with engine_errors("looking for a container's address"):
            box.container.reload()
        networks = box.container.attrs["NetworkSettings"]["Networks"] or {}
        if found := next((str(each["IPAddress"]) for each in networks.values() if each.get("IPAddress")), None):
            return found
        if box.container.status != "restarting" or time.monotonic() > deadline:
            what = "is on no network" if box.container.status == "running" else "died at start"
            raise EnvironmentFailed(f"{name} {what}", where=f"service {box.name}", hint=quoted(box.logs(20)))
        time.sleep(INTERVAL)


def _variables(environment: Environment, side: Side, run_id: str) -> dict[str, str]:
    """What the environment says of the system's variables, over the file's own; locale and zone where it says them."""
    port = environment.system.port or 0
    inside = Address("0.0.0.0", port, f"http://127.0.0.1:{port}")  # noqa: S104 (inside the container)
    said = environment.host.model_fields_set
    host = {"LANG": environment.host.locale} if "locale" in said else {}
    zone = {"TZ": environment.host.timezone} if "timezone" in said else {}
    own = {
        name: filled(value, inside) if isinstance(value, str) else plain(value, environment.folder)
        for name, value in side.env.items()
    }
    return {**host, **zone, **own, "BACKFIT_SIDE": side.name, "BACKFIT_RUN": run_id}


def _version(ready: _Ready, environment: Environment) -> str | None:
    """The tag of the system's image."""
    image = str(ready.config["services"][environment.system.service].get("image") or "")
    tag = image.rpartition("/")[2].partition("@")[0].partition(":")[2]
    return tag or None


def _check_keys(environment: Environment, side: Side) -> None:
    """Raises BadFile where the environment says what a compose file says by itself."""
    given: dict[str, Any] = {
        "services": environment.services,
        "start": side.start,
        "files": side.files,
        "seed": side.seed,
        "migrate": side.migrate,
        "options": side.spec.options,
    }
    if said := [name for name, value in given.items() if value]:
        hint = "say it in the compose file: its volumes, commands and services are started as they are"
        raise BadFile(f"with 'compose' there is no {' and no '.join(said)}", where=str(environment.path), hint=hint)
