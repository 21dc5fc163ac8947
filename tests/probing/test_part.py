from __future__ import annotations

from harness.lens.step import write_step
from harness.probing.part import renamed


def test__renamed__names__are_steps_on_the_query_but_for_those_that_stay() -> None:
    assert [write_step(step) for step in renamed({"a": "b", "c": "c"})] == [
        {"rename": {"at": "$.query", "from": "a", "to": "b"}}
    ]
