"""No shim file, however it is made, lets an answer grow without end."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from harness.lens.answer import ABSENT, ROOM, VALUE, Answer
from harness.lens.room import own_copy, size_of
from harness.lens.step import read_step
from harness.model.json_text import Json, WrittenFloat, parse, serialize
from tests.lens.strategies import BODIES
from tests.model.json_values import exact

LINES = 40
"""Enough to make 2^40 of what doubles at each."""
LITTLE = 20_000

ROWS: Json = [{"a": "xy"}, {"a": "xy"}]
TEXT = "x" * 1000


@pytest.mark.parametrize(
    ("body", "steps"),
    [
        (ROWS[0], [{"copy": {"from": "$", "to": "NAME"}}]),
        (ROWS[0], [{"copy": {"from": "received($)", "to": "NAME"}}]),
        (ROWS, [{"default": {"at": f"$[*]{'.b[*]' * depth}", "key": "b", "value": [{}] * 8}} for depth in range(20)]),
        (ROWS, [{"replace": {"at": f"$[*]{'[*]' * depth}", "value": [1] * 8}} for depth in range(20)]),
        (ROWS, [{"table": {"at": f"$[*].a{'[*]' * depth}", "rows": [["xy", ["xy"] * 8]]}} for depth in range(20)]),
        ({"a": "xy"}, [{"copy": {"from": "@.a", "to": "b"}}, {"combine": {"from": ["a", "b"], "by": "", "to": "a"}}]),
        (
            ["xy"],
            [{"listify": {"only": ["string"]}}, {"join": {"by": TEXT}}, {"affix": {"at": "$", "to_prefix": TEXT}}],
        ),
        (TEXT, [{"convert": {"using": "text-to-base64"}}]),
        ("ΐ" * 1000, [{"convert": {"using": "upper-case"}}, {"convert": {"using": "text-to-base64"}}]),
        (["\\"], [{"encode-json": {}}, {"listify": {"only": ["string"]}}]),
        (["/"] * 9, [{"absolute": {"at": "$[*]", "origin": f"https://{TEXT}"}}]),
        ({"s": "a," * 500 + "a"}, [{"sign-to-order": {"key": "s", "order": "NAME", "down": TEXT[:9], "up": TEXT[:8]}}]),
        ({"k": {TEXT: 1}, "rows": [[1]] * 99}, [{"names": {"at": "$.rows[*]", "from": "keys($.k)"}}]),
    ],
    ids=lambda value: next(iter(value[0])) if isinstance(value, list) and isinstance(value[0], dict) else None,
)
def test__steps__again_and_again__add_no_more_than_there_is_room_for(body: Json, steps: list[Any]) -> None:
    answer = Answer(200, [], parse(serialize(body)), received=parse(serialize(body)), room=LITTLE)
    before = len(serialize(answer.body))
    for line in range(LINES):
        for written in steps:
            named = parse(serialize(written).replace(b"NAME", f"n{line}".encode()))
            read_step(named).compile()(answer)
    size = len(serialize(answer.body))
    assert before < size <= 2 * (before + LITTLE) + LINES * len(steps) * VALUE


def test__own_copy__of_a_value__shares_nothing_and_takes_room() -> None:
    answer, value = Answer(200, [], room=100), {"ab": ["cde", 1]}
    copied = own_copy(value, answer)
    assert copied == value
    assert copied is not value
    assert copied["ab"] is not value["ab"]
    assert answer.room == 100 - (2 + 3 + 3 * VALUE)


def test__own_copy__without_room__is_absent_and_takes_none() -> None:
    answer = Answer(200, [], room=3)
    assert own_copy("abcd", answer) is ABSENT
    assert own_copy("abc", answer) == "abc"
    assert own_copy(None, answer) is None
    assert answer.room == 0


@settings(deadline=None)
@given(BODIES)
def test__own_copy__with_room__is_the_same_value(value: Json) -> None:
    assert exact(own_copy(value, Answer(200, []))) == exact(value)


@pytest.mark.parametrize(
    ("value", "size"),
    [
        *((None, 0), (10**30, 0), (1.5, 0), ("", 0), ("é\ud800", 2), (WrittenFloat("1e999"), 5)),
        *(([], 0), ({}, 0), ([1, "a"], 2 * VALUE + 1), ({"ab": [{}]}, 2 * VALUE + 2)),
    ],
)
def test__size_of__a_value__is_its_characters_and_something_for_each_item(value: Json, size: int) -> None:
    assert size_of(value) == size


def test__room__of_an_answer__is_there_from_the_start() -> None:
    assert Answer(200, []).takes(ROOM)
    assert not Answer(200, []).takes(ROOM + 1)
