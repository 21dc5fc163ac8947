"""The customer's faulty network, for as long as a block goes on: relays and rules are put on the path, and taken off it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Protocol
from urllib.parse import urlsplit

from docker.models.containers import Container

from harness.environments.commands import quoted, tail_of
from harness.environments.engine import Engine, connect, engine_errors
from harness.environments.network import relay as relay_script
from harness.environments.network.packets import Peer, phases
from harness.environments.network.sidecar import CONTROL, LINK_LABEL, has_netem, started, text_of
from harness.environments.network.timeline import (
    PLUGIN_LINK,
    faults_of,
    for_relay,
    service_links,
    without_packets,
)
from harness.environments.owner import ENVIRONMENT_VARIABLE, current_owner
from harness.environments.spec import Environment
from harness.environments.store import Tell
from harness.model.errors import EnvironmentFailed

Begin = Callable[[int], object]
"""Sends a signal to whoever stands on the path."""

_RUN_LABEL = "backfit.run"


class Reached(Protocol):
    """What this needs to know of a running system."""

    @property
    def url(self) -> str:
        """Its address, as this machine reaches it."""

    @property
    def containers(self) -> Mapping[str, str]:
        """`system`, and each service -> the id of its container; nothing where they are processes."""


@contextmanager
def impaired(environment: Environment, system: Reached, tell: Tell, attempt: int = 0) -> Iterator[str]:
    """The system's address with all on the path that `environment.network` says; its own, and nothing on the path, where
    that says nothing. A schedule begins with the block; `attempt` and the network's seed say which connections are hit.

    Raises EnvironmentFailed where a fault cannot be had.
    """
    network = environment.network
    if not network.faulty:
        yield system.url
        return
    seed = f"{network.seed}/{attempt}"
    begins: list[Begin] = []
    with ExitStack() as stack:
        if system.containers:
            begins += stack.enter_context(_in_containers(environment, system, seed))
            timeline = for_relay(faults_of(network, PLUGIN_LINK), ways=["up"])
        else:
            possible, lines = without_packets(network)
            for line in lines:
                tell(line)
            timeline = for_relay(faults_of(possible, PLUGIN_LINK), ways=["up", "down"], partition=True)
        url = system.url
        if any(value for each in timeline for name, value in each.items() if name != "at"):
            url, begin = stack.enter_context(relayed(system.url, timeline, seed))
            begins.append(begin)
        with engine_errors("beginning the network's schedule"):
            for begin in begins if network.schedule else []:
                begin(signal.SIGUSR1)
        yield url


@contextmanager
def relayed(url: str, timeline: Sequence[Mapping[str, Any]], seed: str) -> Iterator[tuple[str, Begin]]:
    """The address of a relay to `url`, and what begins its timeline. It is a process of this machine that ends with the
    block, and with Backfit."""
    parts = urlsplit(url)
    link = {
        "name": PLUGIN_LINK,
        "listen": "127.0.0.1:0",
        "connect": f"{parts.hostname}:{parts.port}",
        "timeline": timeline,
    }
    job = json.dumps({"links": [link], "seed": seed, "tether": True})
    words = [sys.executable, "-I", "-S", relay_script.__file__, job]
    env = {**os.environ, ENVIRONMENT_VARIABLE: current_owner().token}
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, start_new_session=True
    ) as process:
        assert process.stdin
        assert process.stdout
        try:
            said = process.stdout.readline()
            if not said:
                raise EnvironmentFailed(f"the relay to {url} did not start", hint="is there memory left?")
            yield f"{parts.scheme}://{json.loads(said)['listening'][0]}", process.send_signal
        finally:
            process.stdin.close()
            process.wait()


@contextmanager
def _in_containers(environment: Environment, system: Reached, seed: str) -> Iterator[list[Begin]]:
    """What is done in the containers' own networks, and by the relays between them; gives what begins it."""
    engine = connect()
    if not engine.local:
        hint = "unset DOCKER_HOST, or take --driver process"
        raise EnvironmentFailed("a faulty network needs an engine on this machine", where=engine.address, hint=hint)
    with ExitStack() as everything:
        with engine_errors("putting faults on the network"), ExitStack() as stack:
            begins = _put(stack, engine, environment, system, seed)
            everything.push(stack.pop_all())
        yield begins


def _put(stack: ExitStack, engine: Engine, environment: Environment, system: Reached, seed: str) -> list[Begin]:
    """Puts it all there; the stack takes it away again."""
    containers = {name: engine.client.containers.get(each) for name, each in system.containers.items()}
    run_id = containers["system"].labels[_RUN_LABEL]
    relays = _relays(engine, containers["system"])
    netem = bool(service_links(environment)) and has_netem(engine, run_id)
    for link, container in relays.items():
        stack.callback(_follow, container, link, [{}], seed)
        _follow(container, link, for_relay(faults_of(environment.network, link), ways=(), delays=not netem), seed)
    standing: list[Container] = []
    for name, peers in _peers(environment, containers, relays).items():
        job = {"phases": phases(peers, netem=netem), "names": environment.network.dns}
        if job["phases"] or job["names"]:
            standing.append(_beside(engine, containers[name], job, run_id))
            stack.callback(_end, standing[-1])
    return [each.kill for each in (*relays.values(), *standing)]


def _peers(
    environment: Environment, containers: Mapping[str, Container], relays: Mapping[str, Container]
) -> dict[str, list[Peer]]:
    """Whom each container has at the other end of a faulty link: a service's relay, where there is one, stands for both."""
    found: dict[str, list[Peer]] = {name: [] for name in containers}
    if plugin := faults_of(environment.network, PLUGIN_LINK):
        found["system"].append(Peer(_place(containers["system"], "Gateway"), plugin, lost_here=True))
    for service, moments in service_links(environment).items():
        between = relays.get(f"system-{service}")
        found["system"].append(Peer(_place(between or containers[service]), moments))
        found[service].append(Peer(_place(between or containers["system"]), moments))
    return found


def _relays(engine: Engine, system: Container) -> dict[str, Container]:
    """The relays on the system's network: link -> container."""
    filters: dict[str, Any] = {"label": LINK_LABEL, "network": _place(system, "NetworkID")}
    return {each.labels[LINK_LABEL]: each for each in engine.client.containers.list(filters=filters)}


def _place(container: Container, what: str = "IPAddress") -> str:
    """What the engine says of the container's place on its network; one with several is seen on the first."""
    networks = container.attrs["NetworkSettings"]["Networks"].values()
    found = next((str(network[what]) for network in networks if network["IPAddress"]), "")
    if not found:
        raise EnvironmentFailed(f"{container.name} has no network of its own", hint="leave its network_mode out")
    return found


def _follow(container: Container, link: str, timeline: Sequence[Mapping[str, Any]], seed: str) -> None:
    job = json.dumps({"seed": seed, "links": {link: list(timeline)}})
    words = ["python3", "-I", "-S", "-c", text_of("relay.py"), "--tell", CONTROL, job]
    with engine_errors(f"telling the relay of {link}"):
        code, output = container.exec_run(words)
    if code:
        raise EnvironmentFailed(f"the relay of {link} did not follow", hint=quoted(str(output)))


def _beside(engine: Engine, container: Container, job: Mapping[str, Any], run_id: str) -> Container:
    options = {"network_mode": f"container:{container.id}", "user": "0", "cap_add": ["NET_ADMIN", "NET_RAW"]}
    return started(engine, "inside.py", job, run_id, "network-faults", options)


def _end(container: Container) -> None:
    """It undoes what it did before it ends. Raises EnvironmentFailed where it could not, or broke in between."""
    with engine_errors("taking faults off the network"):
        try:
            container.stop(timeout=10)
            container.reload()
            code, said = container.attrs["State"]["ExitCode"], tail_of(b"".join(container.logs(stream=True)), 5)
        finally:
            container.remove(force=True, v=True)
    if code:
        raise EnvironmentFailed("the faults of the network did not hold", hint=quoted(said))
