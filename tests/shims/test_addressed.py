from __future__ import annotations

from typing import Any

import pytest

from harness.lens.answer import ABSENT
from harness.lens.places import get
from harness.lens.step import read_step
from harness.model.json_text import Json, serialize
from harness.model.paths import ANY, EACH, Path, parse_path
from harness.shims.addressed import addressed, covers, meet
from harness.shims.leaves import leaves
from tests.lens.test_steps import ALL_VECTORS, answer_of


@pytest.mark.parametrize(
    ("step", "places"),
    [
        ({"rename": {"at": "$.a[*]", "from": "x", "to": "y"}}, ["$.a[*].x", "$.a[*].y"]),
        ({"move": {"from": "$.a.b", "to": "$.c"}}, ["$.a.b", "$.c"]),
        ({"drop": {"keys": ["a", "b"]}}, ["$.a", "$.b"]),
        ({"convert": {"at": "$.a", "using": "trim"}}, ["$.a"]),
        ({"unwrap": {"key": "data"}}, ["$"]),
        ({"status": {"from": 200, "to": 201}}, []),
        ({"set-header": {"header": "x", "value": "y"}}, []),
    ],
)
def test__addressed__of_a_step__is_what_it_may_change(step: Json, places: list[str]) -> None:
    assert list(addressed(read_step(step))) == [parse_path(place) for place in places]


@pytest.mark.parametrize("row", ALL_VECTORS)
def test__addressed__on_a_test_vector__names_all_that_changes(row: dict[str, Any]) -> None:
    """Every step there is: a leaf that it is not about comes out as it was written."""
    step, before, after = read_step(row["step"]), answer_of(row["answer"]), answer_of(row["answer"])
    step.compile()(after)
    about = list(addressed(step))
    for at, value in leaves(before.body):
        if not any(meet(place, at) for place in about):
            now = get(after.body, at)
            assert now is not ABSENT
            assert serialize(now) == serialize(value)


@pytest.mark.parametrize(
    ("template", "at", "found"),
    [
        (("a", EACH), ("a", 3, "b"), (True, True)),
        (("a", ANY), ("a", "x"), (True, True)),
        (("a", -1), ("a", 7), (True, True)),
        (("a", 1), ("a", 2), (False, False)),
        (("a", "b"), ("a",), (False, True)),
        (("a", EACH), ("a", "x"), (False, False)),
        ((), ("a",), (True, True)),
    ],
)
def test__covers_and_meet__two_places__are_inside_or_around(template: Path, at: Path, found: tuple[bool, bool]) -> None:
    assert (covers(template, at), meet(template, at)) == found
