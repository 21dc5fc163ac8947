"""What the container engine knows of a running system: images and their digests, and what is installed in its services."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from docker.models.containers import Container

from harness.environments.engine import Engine, connect, engine_errors
from harness.intake.fact import Fact
from harness.model.errors import EnvironmentFailed
from harness.parity.places import machine


def container_facts(containers: Mapping[str, str]) -> Iterator[Fact]:
    """The image of each container by its digest, and of services the image's name and Debian packages.

    `containers` are ids by name, `system` among them. Raises EnvironmentFailed.
    """
    if not containers:
        return
    engine = connect()
    for name, number in containers.items():
        container = _found(engine, number)
        place = "system's container" if name == "system" else f"service {name}"
        yield from _image(container, name, place)
        if name != "system":
            said = machine(lambda argv, container=container: _run(container, argv), place, time.time())  # type: ignore[misc]
            yield from (replace(fact, subject=place) for fact in said if fact.subject == "debian")


def _image(container: Container, name: str, place: str) -> Iterator[Fact]:
    image = container.image
    if image is not None:
        digest = next(iter(image.attrs.get("RepoDigests") or ()), image.id or "")
        yield Fact("image", name, digest, place)
    if name != "system":
        yield Fact(place, "image", str(container.attrs["Config"]["Image"]), place)


def _found(engine: Engine, number: str) -> Container:
    with engine_errors("looking at the containers"):
        return engine.client.containers.get(number)


def _run(container: Container, argv: Sequence[str]) -> str:
    with engine_errors(f"asking the container {container.name}"):
        code, output = container.exec_run(list(argv), stderr=False)
        output = output if isinstance(output, bytes) else b"".join(output)
    if code:
        raise EnvironmentFailed(f"the container {container.name} has no shell that answers (exit code {code})")
    return output.decode("utf-8", "replace")
