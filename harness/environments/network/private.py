"""A run's private network: its containers reach each other, this machine reaches them, and outside they reach the
hosts that the environment names and nothing else."""

from __future__ import annotations

import ipaddress
import random
import secrets
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import docker.errors
from docker.models.containers import Container
from docker.models.networks import Network
from docker.types import IPAMConfig, IPAMPool

from harness.environments.engine import Engine, engine_errors, labels
from harness.environments.network.egress import grouped, let_through, resolved
from harness.environments.store import file_name
from harness.model.errors import EnvironmentFailed

_GROUND = ipaddress.IPv4Network("198.18.0.0/15")  # RFC 2544: for tests of networks, routed by nobody
_PREFIX = 26
_TRIES = 50


class PrivateNetwork:
    """The network of one run, made when its name is first asked for; `egress` holds `host` or `host:port` each.

    Systems use no proxy of this machine, and no resolver of it: names are those of the network's own containers, and
    of the hosts that may be reached. May be used by several threads.
    """

    def __init__(self, engine: Engine, run_id: str, egress: Sequence[str] = ()) -> None:
        self._engine = engine
        self._run_id = run_id
        self._egress = tuple(egress)
        self._lock = threading.RLock()
        self._network: Network | None = None
        self._subnet = ipaddress.IPv4Network("0.0.0.0/32")
        self._relays: list[Container] = []
        self._reserved: set[str] = set()

    @property
    def name(self) -> str:
        """Its name on the engine. Raises EnvironmentFailed where it cannot be made, or an allowed host has no address."""
        with self._lock:
            if self._network is None:
                self._make()
            return str(self._network.name if self._network else "")

    @property
    def gateway(self) -> str:
        """The address that this machine has on it."""
        assert self.name
        return str(self._subnet[1])

    def options(self, aliases: Sequence[str] = (), address: str | None = None) -> dict[str, Any]:
        """Arguments for `containers.create` that put a container on it, and keep this machine's proxies and names away.

        `aliases` are what others there call it; `address` is one that was reserved, else any.
        """
        endpoint = self._engine.client.api.create_endpoint_config(aliases=list(aliases), ipv4_address=address)
        return {
            "network": self.name,
            "networking_config": {self.name: endpoint},
            "dns": ["127.0.0.1"],  # nobody: an unknown name is asked of no resolver outside
            "dns_opt": ["timeout:1", "attempts:1"],  # the engine's resolver is silent about it, so the wait is short
            "use_config_proxy": False,
        }

    def reserve(self) -> str:
        """A free address for a container that is to keep it, for `release` afterwards."""
        with self._lock:
            assert self.name
            _, kept = self._subnet.subnets()
            for address in map(str, kept.hosts()):
                if address not in self._reserved:
                    self._reserved.add(address)
                    return address
        raise EnvironmentFailed(f"no address is left on the network {self.name}", hint="fewer containers at a time")

    def release(self, address: str) -> None:
        """Gives a reserved address back."""
        with self._lock:
            self._reserved.discard(address)

    def address(self, container: Container) -> str:
        """The address of a running container on it, which this machine reaches where the engine is local."""
        with engine_errors("looking for a container's address"):
            container.reload()
            return str(container.attrs["NetworkSettings"]["Networks"][self.name]["IPAddress"])

    def drop(self) -> None:
        """Removes it, when its containers are gone; may be called again, and using it makes it anew."""
        with self._lock, engine_errors("removing the run's network"):
            while self._relays:
                self._relays.pop().remove(force=True, v=True)
            if self._network is not None:
                self._network.remove()
                self._network = None
            self._reserved.clear()

    def _make(self) -> None:
        hosts = {host: (ports, resolved(host)) for host, ports in grouped(self._egress).items()}  # or nothing is made
        with engine_errors("making the run's network"):
            self._network = self._made()
        try:
            for host, (ports, address) in hosts.items():
                self._relays.append(let_through(self._engine, self._network, self._run_id, host, ports, address))
        except BaseException:
            self.drop()
            raise

    def _made(self) -> Network:
        """With a subnet of its own: the engine's pools hold some thirty networks, which many runs at once use up."""
        name = f"backfit-{file_name(self._run_id)}-{secrets.token_hex(4)}"
        for subnet in _candidates():
            automatic, _ = subnet.subnets()
            pool = IPAMPool(subnet=str(subnet), iprange=str(automatic), gateway=str(subnet[1]))
            try:
                network = self._engine.client.networks.create(
                    name,
                    driver="bridge",
                    internal=True,
                    ipam=IPAMConfig(pool_configs=[pool]),
                    labels=labels(self._run_id, "network"),
                )
            except docker.errors.APIError as error:
                if "overlaps" not in str(error.explanation):
                    raise
                continue
            self._subnet = subnet
            return network
        raise EnvironmentFailed("no free addresses for a private network", hint="backfit env prune; docker network ls")


def _candidates() -> Iterator[ipaddress.IPv4Network]:
    chosen = random.SystemRandom().sample(range(2 ** (_PREFIX - _GROUND.prefixlen)), _TRIES)
    size = 2 ** (32 - _PREFIX)
    return (ipaddress.IPv4Network((int(_GROUND.network_address) + number * size, _PREFIX)) for number in chosen)
