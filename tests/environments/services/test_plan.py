from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.environments.engine import Engine, connect
from harness.environments.layers import host_image
from harness.environments.services.plan import WORKING_FOLDER, plans
from harness.environments.workshop import workshop
from harness.model.errors import UsageError
from tests.environments.tiny import Write, ignore

pytestmark = [pytest.mark.docker, pytest.mark.slow]


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()


@pytest.fixture
def own_image(engine: Engine, run_id: str, write: Write) -> Iterator[str]:
    """An image as a vendor makes them: its port, its data, its user and its folder are in it."""
    name = f"backfit-test/own:{run_id}"
    with workshop(engine, host_image(engine, write(), False, run_id, ignore), run_id) as shop:
        config = {
            "ExposedPorts": {"5000/tcp": {}, "5000/udp": {}},
            "Volumes": {"/data": {}},
            "User": "1234",
            "WorkingDir": "/srv",
        }
        shop.container.commit(*name.split(":"), conf=config)
    yield name
    engine.client.images.remove(name, force=True)


def test__plans__own_image__is_asked_for_what_is_not_said(
    engine: Engine, run_id: str, write: Write, own_image: str
) -> None:
    environment = write({"plugin:": f"services: {{own: {{image: '{own_image}', env: {{P: '{{port}}'}}}}}}\nplugin:"})
    plan = plans(engine, environment, run_id, ignore)["own"]
    assert (plan.port, plan.data, plan.user, plan.folder) == (5000, ("/data",), "1234", "/srv")
    assert (plan.command, plan.ready.tcp, plan.variables["P"]) == ((), True, "5000")
    assert plan.volumes == {"/data": "own-0"}


def test__plans__known_package__needs_no_more_than_its_name(engine: Engine, run_id: str, write: Write) -> None:
    environment = write({"plugin:": "services: {cache: {debian: redis-server, port: 7000}}\nplugin:"})
    plan = plans(engine, environment, run_id, ignore)["cache"]
    assert plan.command[:5] == ("redis-server", "--bind", "0.0.0.0", "--port", "7000")
    assert (plan.client, plan.user, plan.folder) == ("redis-cli -p 7000", "redis", WORKING_FOLDER)
    assert plan.variables["TZ"] == "Europe/London"


def test__plans__image_without_port_and_seed_without_data__are_refused(
    engine: Engine, run_id: str, write: Write
) -> None:
    bare = host_image(engine, write(), False, run_id, ignore)
    service = f"services: {{own: {{image: '{bare}'}}}}\nplugin:"
    with pytest.raises(UsageError, match="the service 'own' needs 'port': its image names no port"):
        plans(engine, write({"plugin:": service}), run_id, ignore)
    seeded = service.replace("'}}", "', port: 1, seed: {run: 'true'}}}")
    with pytest.raises(UsageError, match="the service 'own' has a seed and no 'data'"):
        plans(engine, write({"plugin:": seeded}), run_id, ignore)
