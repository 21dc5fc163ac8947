from __future__ import annotations

from typing import Any

import pytest

from harness.environments.spec import Fault, Network
from harness.model.errors import BadFile
from tests.environments.tiny import Write


@pytest.mark.parametrize(
    ("text", "faulty"),
    [
        ({}, False),
        ({"links": {"plugin-system": {}}, "egress": "api.example", "runs": 3}, False),
        ({"links": {"plugin-system": {"loss": "2%"}}}, True),
        ({"dns": {"erp.example": "missing"}}, True),
        ({"schedule": [{"after": "2s", "for": "1s", "fault": {"partition": True}}]}, True),
    ],
)
def test__faulty__of_a_network__is_whether_anything_is_wrong(text: dict[str, Any], faulty: bool) -> None:
    assert Network.model_validate(text).faulty is faulty


def test__fault__as_people_write_it__is_in_seconds_bits_and_shares() -> None:
    written = {"latency": "80ms", "jitter": 0.02, "loss": "2%", "bandwidth": "1mbit", "reset": 0.5, "stall": "10%"}
    fault = Fault.model_validate(written)
    assert (fault.latency, fault.jitter, fault.loss, fault.bandwidth) == (0.08, 0.02, 0.02, 1e6)
    assert (fault.reset, fault.stall, fault.partition, fault.clean) == (0.5, 0.1, False, False)
    assert Fault().clean


@pytest.mark.parametrize(
    ("network", "said"),
    [
        ("{links: {system-db: {loss: 1%}}}", "leads to no service"),
        ("{links: {db: {loss: 1%}}}", "'db' is not a link"),
        ("{links: {plugin-system: {loss: 120%}}}", "is no share of a whole"),
        ("{links: {plugin-system: {bandwidth: 100}}}", "is not a rate"),
        ("{links: {plugin-system: {latency: -1s}}}", "greater than or equal to 0"),
        ("{schedule: [{after: 1s, for: 1s, fault: {}}]}", "says nothing of what is wrong"),
        ("{schedule: [{after: 1s, for: 0s, fault: {loss: 1%}}]}", "greater than 0"),
        ("{dns: {erp.example: gone}}", "missing"),
        ("{dns: {'https://erp.example': missing}}", "is not a host's name"),
        ("{egress: ['api.example:99999']}", "is not a host with its port"),
    ],
)
def test__network__a_mistake__is_said_with_what_to_write(write: Write, network: str, said: str) -> None:
    with pytest.raises(BadFile) as caught:
        write({"plugin: {name": f"network: {network}\nplugin: {{name"})
    assert said in str(caught.value)
