"""The commands that make packets late, few or lost in a container's own network: tc-tbf(8), tc-netem(8), iptables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from harness.environments.network.timeline import Moment
from harness.environments.spec import Fault

DEVICE = "eth0"
_BURST = 16 * 1024
_PATIENCE = "400ms"
_UNBOUND = "10gbit"

Command = list[str]


@dataclass(frozen=True)
class Peer:
    """The other end of a faulty link. Where that is this machine, its own side is left alone: answers are `lost_here` too."""

    address: str
    moments: tuple[Moment, ...]
    lost_here: bool = False


def phases(peers: Sequence[Peer], *, netem: bool) -> list[dict[str, Any]]:
    """What holds from when on (`at`, in seconds) on the way to these peers: iptables' `rules`, and tc's `queues`."""
    found = []
    for at in sorted({moment.at for peer in peers for moment in peer.moments}):
        current = [(peer, _at(peer, at)) for peer in peers]
        found.append({"at": at, "rules": _rules(current), "queues": _shaping(current, netem)})
    return found if any(phase["rules"] or phase["queues"] for phase in found) else []


def _at(peer: Peer, at: float) -> Fault:
    return next((moment.fault for moment in reversed(peer.moments) if moment.at <= at), Fault())


def _rules(current: Sequence[tuple[Peer, Fault]]) -> list[Command]:
    """Packets are lost where they arrive: one that is not let out is an error for its program, which no real loss is."""
    found: list[Command] = []
    for peer, fault in current:
        ways = [["INPUT", "-s", peer.address], *([["OUTPUT", "-d", peer.address]] if peer.lost_here else [])]
        if fault.partition:
            found += [[*way, "-j", "DROP"] for way in ways]
        elif fault.loss:
            chance = ["-m", "statistic", "--mode", "random", "--probability", f"{fault.loss:.6f}"]
            found += [[*way, *chance, "-j", "DROP"] for way in ways]
    return found


def _shaping(current: Sequence[tuple[Peer, Fault]], netem: bool) -> list[Command]:
    """A class for each narrow or late way; what goes elsewhere passes the root unshaped."""
    commands: list[Command] = []
    for number, (peer, fault) in enumerate(current, start=1):
        queues = list(_queues(fault, number, netem))
        if queues:
            add = ["tc", "class", "add", "dev", DEVICE, "parent", "1:", "classid", f"1:{number}"]
            match = ["protocol", "ip", "parent", "1:", "prio", "1", "u32", "match", "ip", "dst", f"{peer.address}/32"]
            commands += [
                [*add, "htb", "rate", _UNBOUND, "quantum", "60000"],
                *queues,
                ["tc", "filter", "add", "dev", DEVICE, *match, "flowid", f"1:{number}"],
            ]
    root = ["tc", "qdisc", "add", "dev", DEVICE, "root", "handle", "1:", "htb"]
    return [root, *commands] if commands else []


def _queues(fault: Fault, number: int, netem: bool) -> Iterator[Command]:
    parent = f"1:{number}"
    if netem and (fault.latency or fault.jitter):
        handle = f"{number + 100}:"
        late = [f"{fault.latency * 1000:g}ms", f"{fault.jitter * 1000:g}ms"]
        yield [*_qdisc(parent, handle), "netem", "delay", *late, "limit", "10000"]
        parent = f"{handle}1"
    if fault.bandwidth:
        rate = ["rate", f"{fault.bandwidth:.0f}bit", "burst", str(_BURST), "latency", _PATIENCE]
        yield [*_qdisc(parent, f"{number + 200}:"), "tbf", *rate]


def _qdisc(parent: str, handle: str) -> Command:
    return ["tc", "qdisc", "add", "dev", DEVICE, "parent", parent, "handle", handle]
