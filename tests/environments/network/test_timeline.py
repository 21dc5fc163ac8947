from __future__ import annotations

from typing import Any

import pytest

from harness.environments.network.timeline import (
    Moment,
    faults_of,
    for_relay,
    in_words,
    needs_relay,
    service_links,
    without_packets,
)
from harness.environments.spec import Fault, Network
from tests.environments.tiny import Write

LATE, NARROW, CUT = {"latency": "80ms"}, {"bandwidth": "1mbit"}, {"partition": True}


def phase(after: str, long: str, fault: dict[str, Any], link: str = "plugin-system") -> dict[str, Any]:
    return {"after": after, "for": long, "fault": fault, "link": link}


@pytest.mark.parametrize(
    ("links", "schedule", "expected"),
    [
        ({}, [], []),
        ({"plugin-system": {}}, [], []),
        ({"system-db": LATE}, [phase("1s", "1s", CUT, "system-db")], []),
        ({"plugin-system": LATE}, [], [(0, LATE)]),
        ({"plugin-system": LATE}, [phase("2s", "3s", CUT)], [(0, LATE), (2, CUT), (5, LATE)]),
        ({}, [phase("2s", "3s", CUT)], [(0, {}), (2, CUT), (5, {})]),
        ({}, [phase("0s", "1s", CUT), phase("1s", "1s", LATE)], [(0, CUT), (1, LATE), (2, {})]),
        ({}, [phase("0s", "9s", CUT), phase("2s", "1s", LATE)], [(0, CUT), (2, LATE), (3, CUT), (9, {})]),
        ({"plugin-system": CUT}, [phase("2s", "3s", CUT)], [(0, CUT)]),
    ],
)
def test__faults_of__links_and_phases__is_the_timeline(links: Any, schedule: Any, expected: list[Any]) -> None:
    network = Network.model_validate({"links": links, "schedule": schedule})
    wanted = tuple(Moment(at, Fault.model_validate(fault)) for at, fault in expected)
    assert faults_of(network, "plugin-system") == wanted


def test__service_links__of_an_environment__are_the_faulty_ones(write: Write) -> None:
    services = "services: {db: {image: 'db:1'}, cache: {image: 'cache:1'}}\n"
    environment = write(
        {"plugin: {name": services + "network: {links: {system-db: {reset: 5%}, system-cache: {}}}\nplugin: {name"}
    )
    assert service_links(environment) == {"db": (Moment(0, Fault(reset=0.05)),)}


@pytest.mark.parametrize(
    ("fault", "without_netem", "with_netem"),
    [
        (LATE, True, False),
        ({"jitter": "5ms"}, True, False),
        ({"reset": "5%"}, True, True),
        ({"stall": 1}, True, True),
        ({**NARROW, **CUT, "loss": "2%"}, False, False),
    ],
)
def test__needs_relay__of_a_fault__where_packets_know_nothing_of_it(
    fault: Any, without_netem: bool, with_netem: bool
) -> None:
    moments = [Moment(0, Fault()), Moment(3, Fault.model_validate(fault))]
    assert [needs_relay(moments, netem=each) for each in (False, True)] == [without_netem, with_netem]


def test__for_relay__packets_rules_do_the_rest__is_not_done_twice() -> None:
    fault = Fault.model_validate({**LATE, **NARROW, **CUT, "jitter": "5ms", "loss": "2%", "reset": "5%", "stall": "1%"})
    common = {"at": 1.0, "reset": 0.05, "stall": 0.01}
    (both,) = for_relay([Moment(1.0, fault)], ways=["up", "down"], partition=True)
    assert both == {**common, "latency": 0.08, "jitter": 0.005, "partition": True, "up": 1e6, "down": 1e6}
    (least,) = for_relay([Moment(1.0, fault)], ways=[], delays=False)
    assert least == {**common, "latency": 0.0, "jitter": 0.0, "partition": False}


@pytest.mark.parametrize(
    ("network", "refused"),
    [
        ({"links": {"plugin-system": {"latency": 1, "loss": "2%"}}}, "loss"),
        ({"schedule": [phase("0s", "1s", {"loss": "2%"})], "dns": {"a.example": "fails"}}, "loss, names"),
        ({"dns": {"a.example": "fails"}}, "names that do not resolve"),
        ({"links": {"plugin-system": {"latency": 1}}}, None),
    ],
)
def test__without_packets__of_a_network__leaves_out_and_says_what_processes_cannot(
    network: Any, refused: str | None
) -> None:
    given = Network.model_validate(network)
    possible, lines = without_packets(given)
    assert [refused in line for line in lines] == ([True] if refused else [])
    left = faults_of(possible, "plugin-system")
    assert [moment.fault.latency for moment in left] == [each.latency for each in given.links.values()]
    assert not possible.dns
    assert not any(moment.fault.loss for moment in left)


@pytest.mark.parametrize(
    ("network", "words"),
    [
        (
            {"links": {"plugin-system": {"latency": "80ms", "jitter": "20ms", "loss": "2%"}, "system-db": {}}},
            "plugin-system: latency 80 ms ± 20 ms, 2 % of packets lost",
        ),
        (
            {"links": {"system-db": {"bandwidth": "256kbit", "reset": 0.5}}, "dns": {"erp.example": "missing"}},
            "system-db: 256 kbit/s, 50 % of connections reset; erp.example: no such name",
        ),
        ({"schedule": [phase("2s", "1m", CUT)]}, "plugin-system: nothing passes from 2 s on for 60 s"),
        ({}, ""),
    ],
)
def test__in_words__of_a_network__says_each_fault(network: Any, words: str) -> None:
    assert in_words(Network.model_validate(network)) == words
