"""What is wrong with a link from when on, and who has to do it: packets' rules, or a relay that knows connections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from harness.environments.spec import Environment, Fault, Network

PLUGIN_LINK = "plugin-system"


@dataclass(frozen=True)
class Moment:
    """From `at` on, in seconds from the beginning of the plugin's run, `fault` is what is wrong."""

    at: float
    fault: Fault


def faults_of(network: Network, link: str) -> tuple[Moment, ...]:
    """The link's timeline, from 0 on; of phases that overlap, the later one in the file holds. () where all is well."""
    phases = [phase for phase in network.schedule if phase.link == link]
    ends = {end for phase in phases for end in (phase.after, phase.after + phase.duration)}
    moments: list[Moment] = []
    for at in sorted({0.0, *ends}):
        current = [each.fault for each in phases if each.after <= at < each.after + each.duration]
        fault = current[-1] if current else network.links.get(link, Fault())
        if not moments or moments[-1].fault != fault:
            moments.append(Moment(at, fault))
    return () if all(moment.fault.clean for moment in moments) else tuple(moments)


def service_links(environment: Environment) -> dict[str, tuple[Moment, ...]]:
    """The faulty links between the system and its services: service -> timeline."""
    found = {service: faults_of(environment.network, f"system-{service}") for service in environment.services}
    return {service: moments for service, moments in found.items() if moments}


def needs_relay(moments: Iterable[Moment], *, netem: bool) -> bool:
    """Whether a link between two containers needs a relay: their kernel knows no connections' ends, and not always delays."""
    return any(
        each.fault.reset or each.fault.stall or (not netem and (each.fault.latency or each.fault.jitter))
        for each in moments
    )


def for_relay(
    moments: Sequence[Moment], *, ways: Sequence[str], delays: bool = True, partition: bool = False
) -> list[dict[str, Any]]:
    """The timeline in the relay's words: what rules of packets do not do. `ways` are those that the relay narrows."""
    return [
        {
            "at": each.at,
            "latency": each.fault.latency if delays else 0.0,
            "jitter": each.fault.jitter if delays else 0.0,
            "reset": each.fault.reset,
            "stall": each.fault.stall,
            "partition": partition and each.fault.partition,
            **dict.fromkeys(ways, each.fault.bandwidth),
        }
        for each in moments
    ]


def without_packets(network: Network) -> tuple[Network, tuple[str, ...]]:
    """What plain processes can have of the network's faults, and in words what they cannot."""
    losses = any(moment.fault.loss for moment in faults_of(network, PLUGIN_LINK))
    refused = (["loss"] if losses else []) + (["names that do not resolve"] if network.dns else [])
    links = {name: fault.model_copy(update={"loss": 0.0}) for name, fault in network.links.items()}
    schedule = tuple(
        phase.model_copy(update={"fault": phase.fault.model_copy(update={"loss": 0.0})}) for phase in network.schedule
    )
    lines = [f"the process driver cannot do this to the network: {', '.join(refused)}"] if refused else []
    return network.model_copy(update={"links": links, "schedule": schedule, "dns": {}}), tuple(lines)


def in_words(network: Network) -> str:
    """What is wrong with the network, in one line: `plugin-system: latency 80 ms ± 20 ms; erp.example: missing`."""
    links = [f"{name}: {_words(fault)}" for name, fault in network.links.items() if not fault.clean]
    phases = [
        f"{phase.link}: {_words(phase.fault)} from {phase.after:g} s on for {phase.duration:g} s"
        for phase in network.schedule
    ]
    names = [f"{name}: {_DNS[how]}" for name, how in network.dns.items()]
    return "; ".join([*links, *phases, *names])


_DNS = {"missing": "no such name", "fails": "its lookup fails", "silent": "its lookup is not answered"}


def _words(fault: Fault) -> str:
    swing = f" ± {fault.jitter * 1000:g} ms" if fault.jitter else ""
    said = {
        f"latency {fault.latency * 1000:g} ms{swing}": fault.latency or fault.jitter,
        f"{fault.loss * 100:.3g} % of packets lost": fault.loss,
        f"{(fault.bandwidth or 0) / 1000:g} kbit/s": fault.bandwidth,
        f"{fault.reset * 100:.3g} % of connections reset": fault.reset,
        f"{fault.stall * 100:.3g} % of connections stalled": fault.stall,
        "nothing passes": fault.partition,
    }
    return ", ".join(text for text, there in said.items() if there) or "well"
