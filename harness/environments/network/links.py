"""The links from the system to its services: a faulty one leads through a relay that stands in the service's place."""

from __future__ import annotations

from collections.abc import Mapping

from docker.models.containers import Container

from harness.environments.engine import Engine, engine_errors
from harness.environments.network.private import PrivateNetwork
from harness.environments.network.sidecar import CONTROL, has_netem, relay
from harness.environments.network.timeline import needs_relay, service_links
from harness.environments.spec import Environment


class Links:
    """What stands between a system and its services; where no link of the environment is faulty, nothing does."""

    def __init__(self, engine: Engine, network: PrivateNetwork, environment: Environment, run_id: str) -> None:
        self._engine = engine
        self._network = network
        self._environment = environment
        self._run_id = run_id
        self._relays: list[Container] = []

    def alias(self, service: str) -> str:
        """What the service's own container is called on the network; the system always says `service`."""
        moments = service_links(self._environment).get(service, ())
        if not moments:
            return service
        netem = has_netem(self._engine, self._run_id)
        return f"{service}-direct" if needs_relay(moments, netem=netem) else service

    def up(self, ports: Mapping[str, int]) -> None:
        """Puts the relays in place, once the services (name -> port in its container) run: they only pass on, until
        `impaired` tells them what is wrong."""
        for service, port in ports.items():
            if (direct := self.alias(service)) != service:
                link = {"name": f"system-{service}", "listen": f"0.0.0.0:{port}", "connect": f"{direct}:{port}"}
                options = self._network.options([service])
                job = {"links": [link], "control": CONTROL}
                self._relays.append(relay(self._engine, job, self._run_id, link["name"], options, link["name"]))

    def down(self) -> None:
        """Removes them; may be called again."""
        with engine_errors("removing a relay"):
            while self._relays:
                self._relays.pop().remove(force=True, v=True)
