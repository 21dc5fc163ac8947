from __future__ import annotations

from collections.abc import Iterator

import pytest
from docker.models.containers import Container

from harness.environments.base_image import base_image
from harness.environments.engine import Engine, connect, labels
from harness.model.errors import EnvironmentFailed
from harness.parity.containers import container_facts


def test__container_facts__of_processes__is_nothing() -> None:
    assert list(container_facts({})) == []


@pytest.fixture
def engine() -> Engine:
    return connect()


@pytest.fixture
def container(engine: Engine) -> Iterator[Container]:
    name = base_image(engine, "debian:bookworm", False, "t6-parity", lambda _: None)
    made = engine.client.containers.create(
        name, ["sleep", "60"], labels=labels("t6-parity", "test"), network_mode="none"
    )
    made.start()
    yield made
    made.remove(force=True)


@pytest.mark.docker
@pytest.mark.slow
def test__container_facts__of_a_service__are_its_image_and_packages(container: Container) -> None:
    facts = list(container_facts({"system": str(container.id), "db": str(container.id)}))
    images = [fact for fact in facts if fact.subject == "image"]
    assert [fact.name for fact in images] == ["system", "db"]
    assert all("sha256:" in fact.value for fact in images)
    found = {fact.name: fact.value for fact in facts if fact.subject == "service db"}
    assert found["image"] == container.attrs["Config"]["Image"]
    assert found["base-files"].startswith("12")


@pytest.mark.docker
def test__container_facts__of_one_that_is_gone__fails() -> None:
    with pytest.raises(EnvironmentFailed, match="looking at the containers"):
        list(container_facts({"system": "no-such-container"}))
