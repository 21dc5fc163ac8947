from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.environments import Environment
from harness.environments.engine import Engine, labels
from harness.environments.network.faults import impaired, relayed
from harness.environments.network.sidecar import sidecar_image
from harness.model.errors import EnvironmentFailed
from tests.environments.network.machines import Machine, fetch, say, speaking, system_and_service
from tests.environments.tiny import Write, eventually, ignore

SERVICES = "services: {db: {image: 'db:1', port: 7000}}\nplugin: {name"
Network = Callable[[str], Environment]
STATE = "iptables-save -c | grep -v 127.0.0.11 | grep -- -A; tc -s qdisc show dev eth0"


@pytest.fixture
def network(write: Write) -> Network:
    return lambda text: write({"plugin: {name": f"network: {text}\n{SERVICES}"})


@pytest.fixture
def state(engine: Engine, run_id: str) -> Callable[[str], str]:
    """What of rules and queues is in a container's network, with their counters."""

    def looked(identity: str) -> str:
        container = engine.client.containers.create(
            sidecar_image(engine, run_id, ignore),
            entrypoint=["sh", "-c", STATE],
            network_mode=f"container:{identity}",
            user="0",
            cap_add=["NET_ADMIN"],
            labels=labels(run_id, "state"),
        )
        try:
            container.start()
            container.wait()
            return str(container.logs().decode())
        finally:
            container.remove(force=True, v=True)

    return looked


def took(action: Callable[[], object]) -> float:
    before = time.monotonic()
    action()
    return time.monotonic() - before


def children() -> set[str]:
    (tasks,) = [Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()]
    return set(tasks.split())


@pytest.mark.parametrize("text", ["{}", "{links: {plugin-system: {}, system-db: {}}, runs: 3}"])
def test__impaired__nothing_wrong__nothing_is_on_the_path(network: Network, text: str) -> None:
    before = children()
    with impaired(network(text), Machine("http://127.0.0.1:9", {"system": "no container"}), ignore) as url:
        assert (url, children()) == ("http://127.0.0.1:9", before)


def test__impaired__a_process__has_what_a_relay_can_do_and_is_told_the_rest(network: Network) -> None:
    told: list[str] = []
    environment = network("{links: {plugin-system: {reset: 100%, loss: 5%}}, dns: {a.example: fails}}")
    with speaking() as url, impaired(environment, Machine(url), told.append) as faulty:
        assert faulty != url
        with pytest.raises(ConnectionResetError):
            fetch(faulty, 1000)
        assert len(fetch(url, 1000)) == 1000
    assert told == ["the process driver cannot do this to the network: loss, names that do not resolve"]
    with pytest.raises(ConnectionRefusedError):
        fetch(faulty, 1000)


def test__impaired__a_process_with_a_schedule__begins_it_with_the_block(network: Network) -> None:
    environment = network("{schedule: [{after: 0s, for: 500ms, fault: {partition: true}}]}")
    with speaking() as url, impaired(environment, Machine(url), ignore) as faulty:
        assert took(lambda: fetch(faulty, 1000)) >= 0.3
        assert eventually(lambda: took(lambda: fetch(faulty, 1000)) < 0.3)


def test__relayed__a_relay_that_cannot_start__is_the_environments_failure() -> None:
    nonsense = [{"at": 0, "colour": "blue"}]
    with (
        pytest.raises(EnvironmentFailed, match=r"relay to .* did not start"),
        relayed("http://127.0.0.1:9", nonsense, ""),
    ):
        pass


@pytest.fixture
def faulty(engine: Engine, run_id: str) -> Iterator[None]:
    """Nothing of the run is left afterwards."""
    yield
    mine = {"label": f"backfit.run={run_id}"}
    assert not engine.client.containers.list(all=True, filters=dict(mine))
    assert not engine.client.networks.list(filters=dict(mine))


@pytest.mark.docker
@pytest.mark.slow
@pytest.mark.usefixtures("faulty")
def test__impaired__containers__each_link_is_as_bad_as_said_and_well_again_afterwards(
    engine: Engine, run_id: str, network: Network, state: Callable[[str], str]
) -> None:
    environment = network(
        "{links: {plugin-system: {bandwidth: 800kbit, loss: 2%}, system-db: {bandwidth: 1600kbit, latency: 50ms}},"
        " dns: {erp.example: missing, system: fails, mail.example: silent}}"
    )
    with system_and_service(engine, environment, run_id) as (system, _):
        with impaired(environment, system, ignore) as url:
            assert took(lambda: fetch(url, 60_000)) >= 0.4
            assert took(lambda: say(url, "take " + "x" * 60_000)) >= 0.4
            assert float(say(url, "ask bytes 60000")) >= 0.3  # there and back, and the width of the link
            looks = [say(url, f"look {name}") for name in ("erp.example", "www.erp.example", "system", "db")]
            assert looks[:3] == ["gaierror -2", "gaierror -2", "gaierror -3"]
            assert looks[3].startswith("198.")
            assert took(lambda: say(url, "look mail.example")) >= 0.9
            inside = state(system.containers["system"])
            assert "qdisc tbf 201: parent 1:1 rate 800Kbit burst 16Kb" in inside
            assert inside.count("--probability 0.02") == 2
            assert "qdisc tbf 201: parent 1:1 rate 1600Kbit" in state(system.containers["db"])
        for each in system.containers.values():
            assert "noqueue" in (after := state(each))
            assert "-A" not in after
        assert say(system.url, "look system").startswith("198.")
        slow = network("{links: {system-db: {latency: 50ms, reset: 100%}}}")
        with impaired(slow, system, ignore):
            assert say(system.url, "ask bytes 60000") == "ConnectionResetError 104"
        assert float(say(system.url, "ask bytes 1000")) >= 0


@pytest.mark.docker
@pytest.mark.slow
@pytest.mark.usefixtures("faulty")
def test__impaired__containers_with_a_schedule__are_cut_off_for_so_long(
    engine: Engine, run_id: str, network: Network
) -> None:
    cut = "fault: {partition: true}"
    environment = network(
        f"{{schedule: [{{after: 0s, for: 2s, {cut}}}, {{after: 2s, for: 1h, link: system-db, {cut}}}]}}"
    )
    with system_and_service(engine, environment, run_id) as (system, _):
        assert float(say(system.url, "ask bytes 1000")) >= 0
        with impaired(environment, system, ignore) as url:
            assert took(lambda: fetch(url, 1000)) >= 1
            assert eventually(lambda: "Error" in say(url, "open db:7000"))
        assert float(say(system.url, "ask bytes 1000")) >= 0


@pytest.mark.docker
def test__impaired__a_container_without_a_network__says_so(engine: Engine, run_id: str, network: Network) -> None:
    container = engine.client.containers.create(
        sidecar_image(engine, run_id, ignore),
        entrypoint=["sleep", "60"],
        network_mode="none",
        labels=labels(run_id, "x"),
    )
    try:
        container.start()
        system = Machine("http://127.0.0.1:9", {"system": str(container.id)})
        with (
            pytest.raises(EnvironmentFailed, match="has no network of its own"),
            impaired(network("{links: {plugin-system: {loss: 1%}}}"), system, ignore),
        ):
            pass
    finally:
        container.remove(force=True, v=True)
