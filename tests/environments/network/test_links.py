from __future__ import annotations

import pytest

from harness.environments.engine import Engine
from harness.environments.network.links import Links
from harness.environments.network.private import PrivateNetwork
from harness.environments.network.sidecar import has_netem
from tests.environments.network.machines import say, system_and_service
from tests.environments.tiny import Write

pytestmark = [pytest.mark.docker, pytest.mark.slow]
SERVICES = "services: {db: {image: 'db:1', port: 7000}, cache: {image: 'cache:1', port: 7000}}\nplugin: {name"


@pytest.mark.parametrize(
    ("fault", "relayed"),
    [("{}", False), ("{bandwidth: 1mbit, loss: 1%, partition: true}", False), ("{stall: 1%}", True)],
)
def test__links__only_where_connections_have_to_be_known__a_relay_stands_in_the_services_place(
    engine: Engine, run_id: str, write: Write, fault: str, relayed: bool
) -> None:
    environment = write({"plugin: {name": f"network: {{links: {{system-db: {fault}}}}}\n{SERVICES}"})
    with system_and_service(engine, environment, run_id) as (system, network):
        assert Links(engine, network, environment, run_id).alias("db") == ("db-direct" if relayed else "db")
        mine = engine.client.containers.list(filters={"label": f"backfit.run={run_id}"})
        assert len(mine) == 2 + relayed
        assert float(say(system.url, "ask bytes 1000")) >= 0  # until told otherwise it passes on
    assert not engine.client.containers.list(all=True, filters={"label": f"backfit.run={run_id}"})


def test__alias__of_a_late_link__depends_on_what_the_kernel_can(engine: Engine, run_id: str, write: Write) -> None:
    environment = write({"plugin: {name": f"network: {{links: {{system-db: {{latency: 1s}}}}}}\n{SERVICES}"})
    network = PrivateNetwork(engine, run_id)
    links = Links(engine, network, environment, run_id)
    assert links.alias("db") == ("db" if has_netem(engine, run_id) else "db-direct")
    assert links.alias("cache") == "cache"
    links.down()
    network.drop()
