"""The hosts outside that an environment may reach: for each a relay stands on the private network under the host's name."""

from __future__ import annotations

import socket
from collections.abc import Sequence

from docker.models.containers import Container
from docker.models.networks import Network

from harness.environments.engine import Engine, engine_errors
from harness.environments.network.sidecar import relay
from harness.model.errors import EnvironmentFailed

USUAL = (80, 443)
"""The ports of a host that is named without one."""


def parted(allowed: str) -> tuple[str, tuple[int, ...]]:
    """The host and its ports, of `api.example` or `api.example:8443`."""
    host, _, port = allowed.partition(":")
    return host, (int(port),) if port else USUAL


def grouped(egress: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Each host with all its ports: one that is named twice has one relay."""
    found: dict[str, tuple[int, ...]] = {}
    for allowed in egress:
        host, ports = parted(allowed)
        found[host] = tuple(sorted({*found.get(host, ()), *ports}))
    return found


def resolved(host: str) -> str:
    """The address of a host, as this machine knows it: on the private network its name leads to the relay.

    Raises EnvironmentFailed: a system that may reach a host and cannot is not the customer's.
    """
    try:
        return str(socket.getaddrinfo(host, None, socket.AF_INET, socket.SOCK_STREAM)[0][4][0])
    except OSError as error:
        hint = f"network.egress allows it; take it out where the system can do without\n  {error}"
        raise EnvironmentFailed(f"the host {host} has no address here", hint=hint) from error


def let_through(
    engine: Engine, network: Network, run_id: str, host: str, ports: Sequence[int], address: str
) -> Container:
    """A relay to `address`, which is `host` on the network. It knows no TLS: that stays between the two ends."""
    links = [{"name": host, "listen": f"0.0.0.0:{port}", "connect": f"{address}:{port}"} for port in ports]
    container = relay(engine, {"links": links}, run_id, f"egress-{host}", {"network": "bridge"})
    try:
        with engine_errors(f"letting {host} through"):
            network.connect(container, aliases=[host])
    except BaseException:
        container.remove(force=True, v=True)
        raise
    return container
