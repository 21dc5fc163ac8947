"""Containers beside a system that stand on its links or in its network: small, without rights that they do not need."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docker.models.containers import Container

from harness.environments.base_image import base_image
from harness.environments.commands import quoted, tail_of
from harness.environments.engine import Engine, engine_errors, labels
from harness.environments.host_layer import installing
from harness.environments.layers import layered
from harness.environments.spec import Environment
from harness.environments.store import Tell, file_name
from harness.model.errors import EnvironmentFailed

LINK_LABEL = "backfit.link"
"""On a relay's container: which link it stands on."""
CONTROL = "backfit-relay"
"""The name by which such a relay is told what is wrong."""

_OS = "debian:bookworm"
_PAUSE = 0.03
_PACKAGES = ["iproute2", "iptables"]
_HERE = Path(__file__).parent
_KNOWN: dict[str, bool] = {}
"""Address of an engine -> whether its kernel has netem."""
_RIGHTS: dict[str, Any] = {
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges"],
    "read_only": True,
    "pids_limit": 64,
    "mem_limit": "512m",
    "use_config_proxy": False,
}


def sidecar_image(engine: Engine, run_id: str, tell: Tell) -> str:
    """The image that all of them are made of, made where it is not there: Debian with Python, iproute2 and iptables."""
    with engine_errors("image of the network's sidecar"):
        base = base_image(engine, _OS, False, run_id, tell)
        return layered(engine, base, installing(_PACKAGES), "backfit/sidecar", run_id, tell)


def prepare_network(engine: Engine, environment: Environment, run_id: str, tell: Tell) -> None:
    """Makes the image, with lines of progress, where the environment's network will need it."""
    if environment.network.faulty or environment.network.egress:
        sidecar_image(engine, run_id, tell)


def started(
    engine: Engine, script: str, job: Mapping[str, Any], run_id: str, what: str, options: Mapping[str, Any]
) -> Container:
    """A container that runs `script` (a file beside this one) on `job`; returned when its first line says that it does.

    `options` go to `containers.create`; labels are added to those of the run. Raises EnvironmentFailed with what it said.
    """
    marks = dict(options.get("labels", {}))
    with engine_errors(f"starting {what}"):
        container = engine.client.containers.create(
            sidecar_image(engine, run_id, lambda _: None),
            entrypoint=["python3", "-I", "-S", "-c", text_of(script)],
            command=[json.dumps(job)],
            name=f"backfit-{file_name(run_id)}-{file_name(what)}-{secrets.token_hex(4)}",
            **{**_RIGHTS, **options, "labels": {**labels(run_id, what), **marks}},
        )
        try:
            container.start()
            _says_that_it_runs(container, what)
        except BaseException:
            container.remove(force=True, v=True)
            raise
    return container


def relay(
    engine: Engine, job: Mapping[str, Any], run_id: str, what: str, options: Mapping[str, Any], link: str = ""
) -> Container:
    """A container with a relay in it, which listens when this returns."""
    marks = {LINK_LABEL: link} if link else {}
    return started(engine, "relay.py", job, run_id, what, {"user": "65534:65534", **options, "labels": marks})


def text_of(script: str) -> str:
    """The text of a script that stands alone."""
    return (_HERE / script).read_text()


def has_netem(engine: Engine, run_id: str) -> bool:
    """Whether the engine's kernel can make packets late by itself (tc-netem(8)); tried once for each engine."""
    if engine.address not in _KNOWN:
        _KNOWN[engine.address] = _adds_netem(engine, run_id)
    return _KNOWN[engine.address]


def _adds_netem(engine: Engine, run_id: str) -> bool:
    words = ["tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms"]
    with engine_errors("asking the kernel for netem"):
        container = engine.client.containers.create(
            sidecar_image(engine, run_id, lambda _: None),
            entrypoint=words[:1],
            command=words[1:],
            network_mode="none",
            name=f"backfit-{file_name(run_id)}-netem-{secrets.token_hex(4)}",
            labels=labels(run_id, "netem"),
            **_RIGHTS,
            user="0",
            cap_add=["NET_ADMIN"],
        )
        try:
            container.start()
            return bool(container.wait()["StatusCode"] == 0)
        finally:
            container.remove(force=True, v=True)


def _says_that_it_runs(container: Container, what: str) -> None:
    """Returns when its first line is there. A container that is no longer alive will not say it."""
    alive, said = True, b""
    while alive:
        container.reload()
        alive = container.status == "running"
        said = container.logs()
        if said.startswith(b"{") and said.endswith(b"\n"):
            return
        time.sleep(_PAUSE if alive else 0)
    raise EnvironmentFailed(f"{what} did not start", hint=quoted(tail_of(said, 10)))
