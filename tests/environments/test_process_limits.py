from __future__ import annotations

import pytest

from harness.environments.clock import library_here
from harness.environments.process_limits import limits, this_os
from tests.environments.tiny import Write

CLOCK_HERE = library_here() is not None


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("locale: C.UTF-8", []),
        ("locale: tlh_KX.UTF-8", ["locale tlh_KX.UTF-8 (not installed)"]),
        (
            "fonts: [cjk, emoji], packages: jq, cpus: 1.5, memory: 512M",
            ["fonts cjk emoji", "packages jq", "cpus 1.5", "memory 512M"],
        ),
        ("user: 1000, hosts: {erp.example: system}", ["hosts erp.example", "user 1000"]),
        ("clock: +45d", [] if CLOCK_HERE else ["clock (libfaketime is not installed)"]),
    ],
)
def test__limits__host__names_what_it_cannot_match(write: Write, host: str, said: list[str]) -> None:
    environment = write({"timezone:": f"os: '{this_os()}', {host}, timezone:"})
    nothing, *others = limits(environment)
    assert "are not contained" in nothing
    assert others == ([f"not as the customer's here: {', '.join(said)}"] if said else [])


def test__limits__another_os__is_named_beside_this_machines(write: Write) -> None:
    environment = write({"timezone:": "os: alpine:3.19, timezone:"})
    assert limits(environment)[1] == f"not as the customer's here: os alpine:3.19 (this is {this_os()})"
