from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from harness.environments.containers import DockerDriver
from harness.environments.engine import Engine
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write, get, ignore

pytestmark = [pytest.mark.docker, pytest.mark.slow]
OWN = "services: {{own: {{debian: hostname, port: 9, start: {start}, ready: {ready}}}}}\nplugin:"


@pytest.mark.parametrize(
    ("start", "ready", "expected"),
    [
        (
            "sh -c 'echo no licence; exit 5'",
            "{tcp: true}",
            ["own died at start", "| no licence", "own ended with exit code 5"],
        ),
        ("sh -c 'echo waiting; sleep 99'", "{log: done, timeout: 1}", ["own was not ready after 1 s", "| waiting"]),
        ("sleep 99", "{run: 'test -e /nowhere', timeout: 1}", ["last seen: own: failed with exit code 1"]),
    ],
)
def test__service__that_does_not_start__is_named_and_leaves_nothing(
    engine: Engine,
    run_id: str,
    write: Write,
    left: Callable[[], list[Any]],
    start: str,
    ready: str,
    expected: list[str],
) -> None:
    made = DockerDriver(engine, run_id)
    with pytest.raises(EnvironmentFailed) as caught:
        made.start(write({"plugin:": OWN.format(start=start, ready=ready)}), "old", ignore)
    made.close()
    assert [part for part in expected if part not in str(caught.value)] == []
    assert left() == []


def test__address__of_a_system__is_known_to_it_and_stays(engine: Engine, run_id: str, write: Write) -> None:
    environment = write({"files: [server.py]": "files: [server.py]\n  env: {ADDRESS: '{url}'}"})
    made = DockerDriver(engine, run_id)
    system = made.start(environment, "old", ignore)
    urls = {system.url, get(f"{system.url}/$ADDRESS")}
    system.snapshot("a")
    system.restore("a")
    urls |= {system.url, get(f"{system.url}/$ADDRESS")}
    assert len(urls) == 1
    system.stop()
    made.close()


def test__hosts__entries__lead_to_the_system_and_its_services(engine: Engine, run_id: str, write: Write) -> None:
    service = OWN.format(start="sleep 99", ready="{run: 'true'}")
    hosts = "host: {hosts: {erp.example: system, db.example: own, far.example: 192.0.2.7}, "
    made = DockerDriver(engine, run_id)
    system = made.start(write({"plugin:": service, "host: {": hosts}), "old", ignore)
    found = {line.split()[1]: line.split()[0] for line in system.run(["cat", "/etc/hosts"]).splitlines()}
    own = made._kept.engine.client.containers.get(system.containers["own"])
    (network,) = own.attrs["NetworkSettings"]["Networks"].values()
    assert found["db.example"] == network["IPAddress"]
    assert f"http://{found['erp.example']}:8000" == system.url
    assert found["far.example"] == "192.0.2.7"
    system.stop()
    made.close()
