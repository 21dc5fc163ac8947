"""Images kept by content: what some commands make of another image, made once and then only looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import docker.errors

from harness.environments.base_image import base_image, is_kept
from harness.environments.engine import Engine, labels
from harness.environments.host_layer import debian_packages, host_steps, installing, trusting
from harness.environments.recipe import Step
from harness.environments.spec import Environment
from harness.environments.store import Tell, content_key, locked
from harness.environments.workshop import Workshop, workshop
from harness.model.errors import EnvironmentFailed

Listing = Callable[[Workshop], Mapping[str, str]]
"""Looks at what was made, and gives labels that say what is in it."""


def layered(
    engine: Engine,
    base: str,
    steps: Sequence[Step],
    repository: str,
    run_id: str,
    tell: Tell,
    *,
    listing: Listing = lambda _: {},
    config: Mapping[str, Any] | None = None,
) -> str:
    """The name, `repository:key`, of the image that `steps`, run as root, make of the image `base`.

    `config` is what the engine is to keep of the image's own (Entrypoint, Cmd, User, WorkingDir); without it whoever runs
    it says what runs. Raises EnvironmentFailed with the failing step's last lines.
    """
    key = content_key("image", str(engine.client.images.get(base).id), [step.argv for step in steps])
    name = f"{repository}:{key[:12]}"
    with locked(f"image-{key}", tell):
        if not is_kept(engine, name):
            with workshop(engine, base, run_id) as shop:
                _run(shop, steps, tell)
                shop.keep(name, listing(shop), config)
    return name


def host_image(engine: Engine, environment: Environment, with_node: bool, run_id: str, tell: Tell) -> str:
    """The name of the image of the customer's machine: its OS with Python (and Node.js), and the host layer on it."""
    base = base_image(engine, environment.host.os, with_node, run_id, tell)
    return layered(engine, base, host_steps(environment, fonts=False), "backfit/host", run_id, tell)


def adapted(
    engine: Engine, image: str, environment: Environment, run_id: str, tell: Tell, *, system: bool = False
) -> str:
    """A customer's own image with the host's certificates and a clock to set on top, and for the system's its packages;
    its command and user stay its own. The name is `image` itself where nothing is asked for.

    That takes apt-get in it: without, EnvironmentFailed for the system's, and a line to `tell` for another one's.
    """
    host = environment.host if system else environment.host.model_copy(update={"packages": ()})
    steps = [*installing(debian_packages(host, fonts=False)), *trusting(environment)]
    if not steps:
        return image
    if not _has_apt(engine, image, run_id):
        asked = ", ".join(key for key in ("packages", "ca", "clock") if getattr(host, key))
        what = f"{image} has no apt-get, so what the host asks for cannot be put on it: {asked}"
        if system:
            raise EnvironmentFailed(what, hint="build it in: build: folder-with-Dockerfile, and leave it out here")
        tell(what)
        return image
    own = engine.client.images.get(image).attrs["Config"]
    config = {
        "Entrypoint": own.get("Entrypoint") or [],
        "Cmd": own.get("Cmd") or [],
        "User": own.get("User") or "",
        "WorkingDir": own.get("WorkingDir") or "/",
    }
    return layered(engine, image, steps, "backfit/adapted", run_id, tell, config=config)


def _has_apt(engine: Engine, image: str, run_id: str) -> bool:
    """Looks without running anything: the image may have no shell either."""
    container = engine.client.containers.create(image, ["true"], labels=labels(run_id, "build"))
    try:
        b"".join(container.get_archive("/usr/bin/apt-get")[0])  # to the end, or the engine's answer stays open
    except docker.errors.NotFound:
        return False
    finally:
        container.remove(force=True, v=True)
    return True


def _run(shop: Workshop, steps: Iterable[Step], tell: Tell) -> None:
    for step in steps:
        tell(f"{step.title} (in an image)")
        shop.run(step)
