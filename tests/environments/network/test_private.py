from __future__ import annotations

import ipaddress
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.environments.engine import Engine
from harness.environments.network import private
from harness.environments.network.private import PrivateNetwork
from harness.model.errors import EnvironmentFailed

pytestmark = [pytest.mark.docker]


def mine(engine: Engine, run_id: str) -> list[str]:
    return [str(each.name) for each in engine.client.networks.list(filters={"label": f"backfit.run={run_id}"})]


def test__private_network__used_by_several_threads__is_made_once_and_dropped(engine: Engine, run_id: str) -> None:
    network = PrivateNetwork(engine, run_id)
    assert mine(engine, run_id) == []
    with ThreadPoolExecutor(4) as pool:
        names = set(pool.map(lambda _: network.name, range(4)))
    assert names == set(mine(engine, run_id))
    attributes = engine.client.networks.get(network.name).attrs
    assert attributes["Internal"] is True
    assert attributes["IPAM"]["Config"][0]["Gateway"] == network.gateway
    network.drop()
    network.drop()
    assert mine(engine, run_id) == []


def test__reserve__addresses__are_free_ones_that_the_engine_gives_to_nobody(engine: Engine, run_id: str) -> None:
    network = PrivateNetwork(engine, run_id)
    try:
        reserved = [network.reserve() for _ in range(30)]
        (config,) = engine.client.networks.get(network.name).attrs["IPAM"]["Config"]
        assert len({ipaddress.ip_address(each) for each in reserved}) == 30
        assert all(ipaddress.ip_address(each) in ipaddress.ip_network(config["Subnet"]) for each in reserved)
        assert not any(ipaddress.ip_address(each) in ipaddress.ip_network(config["IPRange"]) for each in reserved)
        with pytest.raises(EnvironmentFailed, match="no address is left"):
            network.reserve()
        network.release(reserved[7])
        assert network.reserve() == reserved[7]
    finally:
        network.drop()


def test__private_network__whose_addresses_are_taken__takes_the_next(
    engine: Engine, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = PrivateNetwork(engine, run_id), PrivateNetwork(engine, run_id)
    try:
        taken = ipaddress.ip_network(engine.client.networks.get(first.name).attrs["IPAM"]["Config"][0]["Subnet"])
        (free,) = [each for each in private._candidates() if each != taken][:1]  # what chance could have chosen
        monkeypatch.setattr(private, "_candidates", lambda: iter([taken, free]))
        assert second.gateway == str(free[1])
        monkeypatch.setattr(private, "_candidates", lambda: iter([taken]))
        with pytest.raises(EnvironmentFailed, match="no free addresses"):
            assert PrivateNetwork(engine, run_id).name
    finally:
        first.drop()
        second.drop()
    assert mine(engine, run_id) == []


def test__options__of_a_network__keep_this_machines_proxies_and_names_away(engine: Engine, run_id: str) -> None:
    network = PrivateNetwork(engine, run_id)
    try:
        address = network.reserve()
        options = network.options(["db"], address)
        assert (options["use_config_proxy"], options["dns"], options["network"]) == (False, ["127.0.0.1"], network.name)
        endpoint = options["networking_config"][network.name]
        assert (endpoint["Aliases"], endpoint["IPAMConfig"]) == (["db"], {"IPv4Address": address})
    finally:
        network.drop()
