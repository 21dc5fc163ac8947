"""A service made definite: its image, and all that its environment need not say."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docker.types import Mount

from harness.environments.dockerfile import build_folder
from harness.environments.engine import Engine, engine_errors
from harness.environments.host_layer import installing
from harness.environments.images import named_image
from harness.environments.launch import Address, filled, host_variables
from harness.environments.layers import adapted, host_image, layered
from harness.environments.recipe import Step
from harness.environments.rights import isolation
from harness.environments.secret_values import plain
from harness.environments.services.known import NOTHING, Known, known
from harness.environments.spec import Environment, Host, Ready, Service
from harness.environments.store import Tell
from harness.model.errors import UsageError

WORKING_FOLDER = "/backfit"
"""The working folder of a service that is made of Debian packages."""
_NO_DAEMONS = ("sh", "-c", "printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d")
"""Debian's way to install a server without starting it (invoke-rc.d(8))."""


@dataclass(frozen=True)
class Plan:
    """A service that can be created: `command` is empty where its image has its own, `data` are the folders to keep,
    `folder` is where its commands run."""

    name: str
    image: str
    port: int
    command: tuple[str, ...]
    client: str
    data: tuple[str, ...]
    user: str
    ready: Ready
    variables: Mapping[str, str]
    folder: str
    own_image: bool
    stop_signal: str | None = None

    @property
    def volumes(self) -> dict[str, str]:
        """Each folder of its data, and what its copy is called among those of all services."""
        return {folder: f"{self.name}-{number}" for number, folder in enumerate(self.data)}

    def options(self, host: Host, network: Mapping[str, Any], mounts: Sequence[Mount]) -> dict[str, Any]:
        """docker-py's options for its container; `mounts` are those of its data."""
        own_folder = [] if self.own_image else [Mount(WORKING_FOLDER, None, type="volume")]
        return {
            "command": list(self.command[1:]) or None,
            "entrypoint": list(self.command[:1]) or None,
            "environment": dict(self.variables),
            "working_dir": self.folder,
            "stop_signal": self.stop_signal,
            "mounts": [*mounts, *own_folder],
            **network,
            **isolation(host, user=self.user, writable=self.own_image),
        }


def plans(engine: Engine, environment: Environment, run_id: str, tell: Tell) -> dict[str, Plan]:
    """All services of the environment, their images made or fetched where they are not there. Raises EnvironmentFailed."""
    return {name: _plan(engine, environment, name, run_id, tell) for name in environment.services}


def _plan(engine: Engine, environment: Environment, name: str, run_id: str, tell: Tell) -> Plan:
    service = environment.services[name]
    expert = known(service.debian) or NOTHING
    with engine_errors(f"image of {name}"):
        image = _image(engine, environment, service, run_id, tell)
        config = engine.client.images.get(image).attrs["Config"]
    port = service.port or expert.port or _only_port(environment, name, config)
    data = service.data or expert.data
    places = Address("0.0.0.0", port, "", {"data": data})  # noqa: S104 (inside the container)
    folders = (data,) if data else tuple(sorted(config.get("Volumes") or ()))
    if not folders and any(step.sql or step.run for step in service.seed):
        where, hint = str(environment.path), f"services: {{{name}: {{data: /folder/of/its/data}}}}"
        raise UsageError(f"the service '{name}' has a seed and no 'data' that could be kept", where=where, hint=hint)
    return Plan(
        name=name,
        image=image,
        port=port,
        command=tuple(filled(word, places) for word in shlex.split(service.start or expert.start)),
        client=filled(service.client or expert.client, places),
        data=folders,
        user=service.user or expert.user or str(config.get("User") or ""),
        ready=_ready(service, expert, places),
        variables=_variables(environment, service, places, run_id),
        folder=WORKING_FOLDER if service.debian else str(config.get("WorkingDir") or "/"),
        own_image=not service.debian,
        stop_signal=expert.stop_signal or None,
    )


def _ready(service: Service, expert: Known, places: Address) -> Ready:
    ready = service.ready or (Ready(run=expert.ready) if expert.ready else Ready(tcp=True))
    return ready if ready.run is None else ready.model_copy(update={"run": filled(ready.run, places)})


def _variables(environment: Environment, service: Service, places: Address, run_id: str) -> dict[str, str]:
    own = {
        name: filled(value, places) if isinstance(value, str) else plain(value, environment.folder)
        for name, value in service.env.items()
    }
    return {**host_variables(environment, run_id), **own}


def _only_port(environment: Environment, name: str, config: Mapping[str, Any]) -> int:
    ports = [int(each.partition("/")[0]) for each in config.get("ExposedPorts") or () if not each.endswith("/udp")]
    if len(ports) != 1:
        said = f"its image names {len(ports)} ports" if ports else "its image names no port"
        where, hint = str(environment.path), f"services: {{{name}: {{port: …}}}}"
        raise UsageError(f"the service '{name}' needs 'port': {said}", where=where, hint=hint)
    return ports[0]


def _image(engine: Engine, environment: Environment, service: Service, run_id: str, tell: Tell) -> str:
    if service.debian:
        host, steps = host_image(engine, environment, False, run_id, tell), _steps(environment, service)
        return layered(engine, host, steps, "backfit/service", run_id, tell)
    if service.image:
        found = named_image(engine, service.image, tell)
    else:
        tell(f"docker build {service.build}")
        found = build_folder(engine, environment.folder / str(service.build))
    return adapted(engine, found, environment, run_id, tell)


def _steps(environment: Environment, service: Service) -> list[Step]:
    packages = service.debian
    steps = [Step("keeping services from starting", _NO_DAEMONS), *installing(list(packages))]
    if expert := known(packages):
        host = {"locale": environment.host.locale, "timezone": environment.host.timezone}
        text = filled(expert.prepare, Address("", expert.port, "", {**host, "data": service.data or expert.data}))
        steps.append(Step(f"preparing the data of {packages[0]}", ("sh", "-ec", text)))
    elif service.data:
        owner = ("-o", service.user) if service.user else ()
        steps.append(Step("making the data folder", ("install", "-d", *owner, service.data)))
    return steps
