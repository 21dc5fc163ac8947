from __future__ import annotations

import pytest

from harness.lens.step import read_step
from harness.model.json_text import Json
from harness.model.paths import format_path, parse_path
from harness.shims.document import Lost
from harness.shims.journey import carried_lost, forward, independent, origin
from tests.shims.answers import learned


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        ({"rename": {"at": "$.r[*]", "from": "a", "to": "b"}}, "$.r[*].a.x", "$.r[*].b.x"),
        ({"rename": {"from": "a", "to": "b"}}, "$.c", "$.c"),
        ({"unwrap": {"key": "data"}}, "$.data[*].id", "$[*].id"),
        ({"wrap": {"key": "data", "only": ["array"]}}, "$[*].id", "$.data[*].id"),
        ({"move": {"from": "$.a.b", "to": "$.c"}}, "$.a.b.x", "$.c.x"),
        ({"plunge": {"into": "in", "keep": ["id"]}}, "$.a", "$.in.a"),
        ({"plunge": {"into": "in", "keep": ["id"]}}, "$.id", "$.id"),
        ({"drop": {"keys": ["a"]}}, "$.a.x", None),
        ({"pick": {"keys": ["a"]}}, "$.b", None),
        ({"pick": {"keys": ["a"]}}, "$.a", "$.a"),
        ({"status": {"from": 200, "to": 201}}, "$.a", "$.a"),
    ],
)
def test__forward__a_place__goes_where_the_step_puts_it(step: Json, before: str, after: str | None) -> None:
    found = forward(read_step(step), parse_path(before))
    assert (None if found is None else format_path(found)) == after


@pytest.mark.parametrize(
    ("steps", "place", "came", "changed"),
    [
        (
            [{"unwrap": {"key": "data"}}, {"rename": {"at": "$[*]", "from": "a", "to": "b"}}],
            "$[*].b",
            "$.data[*].a",
            False,
        ),
        ([{"convert": {"at": "$.a", "using": "string-to-integer"}}], "$.a", "$.a", True),
        ([{"copy": {"from": "header(x)", "to": "a"}}, {"rename": {"from": "a", "to": "b"}}], "$.b", "header(x)", False),
        ([{"default": {"key": "a", "value": 1}}], "$.a", "a constant", True),
        ([{"drop": {"keys": ["z"]}}], "$.a", "$.a", False),
        ([{"hoist": {"key": "attributes"}}], "$.name", "$.attributes.name", False),
    ],
)
def test__origin__of_a_place__is_where_it_stood(steps: list[Json], place: str, came: str, changed: bool) -> None:
    nested = parse_path("$.attributes.name")
    found = origin(learned(*steps), parse_path(place), lambda at: at == nested)
    assert (found.source or format_path(found.place or ()), found.changed) == (came, changed)
    assert len(found.by) == len([each for each in steps if "drop" not in each])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"drop": {"keys": ["a"]}}, {"drop": {"keys": ["b"]}}, True),
        ({"drop": {"keys": ["a"]}}, {"rename": {"from": "a", "to": "b"}}, False),
        ({"drop": {"keys": ["a"]}}, {"values": {"at": "$.a[*]"}}, False),
        ({"drop": {"keys": ["a"]}}, {"copy": {"from": "$.a", "to": "b"}}, False),
        ({"drop": {"keys": ["a"]}}, {"drop-header": {"header": "a"}}, True),
        ({"drop": {"keys": ["a"], "when": {"status": "2xx"}}}, {"status": {"from": 200, "to": 404}}, False),
        ({"set-header": {"header": "A", "value": "1"}}, {"drop-header": {"header": "a"}}, False),
    ],
)
def test__independent__steps_that_meet__are_not(one: Json, other: Json, expected: bool) -> None:
    assert independent(read_step(one), read_step(other)) is independent(read_step(other), read_step(one)) is expected


def test__carried_lost__through_steps__is_called_as_they_call_it() -> None:
    steps = [each.step for each in learned({"rename": {"from": "a", "to": "b"}}, {"drop": {"keys": ["c"]}})]
    assert [[each.path for each in carried_lost(steps, Lost(at, "gone"))] for at in ("$.a", "$.c", "header x")] == [
        ["$.b"],
        [],
        ["header x"],
    ]
