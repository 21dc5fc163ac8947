from __future__ import annotations

from typing import Any

import pytest

from harness.environments.network.packets import Peer, phases
from harness.environments.network.timeline import Moment
from harness.environments.spec import Fault

ROOT = "qdisc add dev eth0 root handle 1: htb"
CLASS = "class add dev eth0 parent 1: classid 1:1 htb rate 10gbit quantum 60000"
FILTER = "filter add dev eth0 protocol ip parent 1: prio 1 u32 match ip dst 10.0.0.2/32 flowid 1:1"
TBF = "tbf rate 1000000bit burst 16384 latency 400ms"
NETEM = "netem delay 80ms 20ms limit 10000"
CHANCE = "-m statistic --mode random --probability 0.020000 -j DROP"


def of(fault: dict[str, Any], *, netem: bool = False, lost_here: bool = False) -> tuple[list[str], list[str]]:
    peer = Peer("10.0.0.2", (Moment(0, Fault.model_validate(fault)),), lost_here)
    found = phases([peer], netem=netem)
    rules = [" ".join(rule) for phase in found for rule in phase["rules"]]
    return rules, [" ".join(command).removeprefix("tc ") for phase in found for command in phase["queues"]]


@pytest.mark.parametrize(
    ("fault", "lost_here", "expected"),
    [
        ({"loss": "2%"}, False, [f"INPUT -s 10.0.0.2 {CHANCE}"]),
        ({"loss": "2%"}, True, [f"INPUT -s 10.0.0.2 {CHANCE}", f"OUTPUT -d 10.0.0.2 {CHANCE}"]),
        ({"partition": True}, True, ["INPUT -s 10.0.0.2 -j DROP", "OUTPUT -d 10.0.0.2 -j DROP"]),
        ({"partition": True, "loss": "2%"}, False, ["INPUT -s 10.0.0.2 -j DROP"]),
        ({"reset": "2%", "stall": 1, "latency": 1}, True, []),
    ],
)
def test__phases__loss_and_partition__are_rules(fault: dict[str, Any], lost_here: bool, expected: list[str]) -> None:
    assert of(fault, lost_here=lost_here) == (expected, [])


@pytest.mark.parametrize(
    ("fault", "netem", "expected"),
    [
        (
            {"bandwidth": "1mbit", "latency": "80ms"},
            False,
            [ROOT, CLASS, f"qdisc add dev eth0 parent 1:1 handle 201: {TBF}", FILTER],
        ),
        (
            {"latency": "80ms", "jitter": "20ms"},
            True,
            [ROOT, CLASS, f"qdisc add dev eth0 parent 1:1 handle 101: {NETEM}", FILTER],
        ),
        (
            {"latency": "80ms", "jitter": "20ms", "bandwidth": "1mbit"},
            True,
            [
                ROOT,
                CLASS,
                f"qdisc add dev eth0 parent 1:1 handle 101: {NETEM}",
                f"qdisc add dev eth0 parent 101:1 handle 201: {TBF}",
                FILTER,
            ],
        ),
    ],
)
def test__phases__bandwidth_and_netem__are_queues_for_the_peer(
    fault: dict[str, Any], netem: bool, expected: list[str]
) -> None:
    assert of(fault, netem=netem) == ([], expected)


def test__phases__of_several_peers__change_when_any_does_and_keep_the_others() -> None:
    cut, narrow = Fault(partition=True), Fault.model_validate({"bandwidth": "1mbit"})
    one = Peer("10.0.0.2", (Moment(0, Fault()), Moment(2, cut), Moment(5, Fault())))
    two = Peer("10.0.0.3", (Moment(0, narrow),))
    found = phases([one, two], netem=False)
    assert [(phase["at"], len(phase["rules"])) for phase in found] == [(0, 0), (2, 1), (5, 0)]
    assert len({str(phase["queues"]) for phase in found}) == 1
    assert "10.0.0.3/32" in str(found[0]["queues"])


def test__phases__nothing_for_packets_to_do__are_none() -> None:
    assert phases([Peer("10.0.0.2", (Moment(0, Fault(reset=1)), Moment(1, Fault())))], netem=False) == []
    assert phases([], netem=False) == []
