from __future__ import annotations

import pytest

from harness.lens.step import read_step
from harness.model.json_text import Json
from harness.shims.places import places


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"rename": {"at": "$.r[*]", "from": "a", "to": "b"}}, ["$.r[*].a", "$.r[*].b"]),
        ({"drop": {"keys": ["a"]}}, ["$.a"]),
        ({"set-header": {"header": "X-A", "value": "1"}}, ["header x-a"]),
        ({"rename-header": {"from": "A", "to": "B"}}, ["header a", "header b"]),
        ({"member-to-header": {"key": "n", "header": "X"}}, ["header x", "$.n"]),
        ({"status": {"from": 404, "to": 400}}, ["status 404"]),
    ],
)
def test__places__of_a_step__are_what_it_may_change(step: Json, expected: list[str]) -> None:
    assert list(places(read_step(step))) == expected
