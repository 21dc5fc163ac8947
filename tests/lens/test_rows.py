"""Steps done together give what they give one after the other, before and after plans were made."""

from __future__ import annotations

from typing import Any

import pytest

from harness.lens.answer import Answer
from harness.lens.rows import compiled, together
from harness.lens.sketch import BY_NAME, ON_SCALARS
from harness.lens.step import BodyStep, Step, read_step
from harness.model.json_text import Json, parse, serialize
from harness.model.paths import EACH
from tests.lens.test_steps import ALL_VECTORS, answer_of

OFTEN = 40
"""More rows than it takes to have a plan made."""

STEPS = [
    {"hoist": {"at": "$.rows[*]", "key": "attributes"}},
    {"rename": {"at": "$.rows[*]", "from": "name", "to": "title"}},
    {"move": {"at": "$.rows[*]", "from": "$.owner.id", "to": "$.owner_id"}},
    {"drop": {"at": "$.rows[*]", "keys": ["owner", "trace"]}},
    {"default": {"at": "$.rows[*]", "key": "note", "value": ""}},
    {"convert": {"at": "$.rows[*].id", "using": "string-to-integer"}},
]
ROW = {"id": "1", "name": "A", "attributes": {"b": 1.50}, "owner": {"id": 3, "n": 4}, "trace": 5}
ROWS = {
    "one shape": [ROW],
    "several shapes": [ROW, {**ROW, "note": "n"}, {"id": 1}, {}],
    "another shape inside": [ROW, {**ROW, "attributes": None}, {**ROW, "attributes": {"id": 1}}, {**ROW, "owner": []}],
    "no objects": [ROW, None, 1, [ROW], "text"],
    "every row other names": [{**ROW, f"x{number}": number} for number in range(100)],
    "the same in another order": [ROW, dict(reversed(ROW.items()))],
    "hostile names": [{**ROW, '__proto__": import os': 1, "\u2028": 2, "given1": 3}],
}


def is_row(row: dict[str, Any]) -> bool:
    """Whether a test vector's step, moved into a list, would be done together with another."""
    step = read_step(row["step"])
    if not isinstance(step, BodyStep) or "body" not in row["answer"] or type(step) not in (*BY_NAME, *ON_SCALARS):
        return False
    return len(list(together([step.moved((EACH, *step.at))] * 2))) == 1


AS_ROWS = [each for each in ALL_VECTORS if is_row(each.values[0])]


def read(written: list[dict[str, Any]]) -> list[Step]:
    return [read_step(each) for each in written]


def edited(steps: list[Step], body: Json, *, times: int = 1, **rest: Any) -> list[tuple[bytes, int, int]]:
    """Body, edits and room left of as many answers through the same compiled steps."""
    runs = [compiled(run) for run in together(steps)]
    return [_outcome(runs, body, rest) for _ in range(times)]


def _outcome(runs: list[Any], body: Json, rest: dict[str, Any]) -> tuple[bytes, int, int]:
    answer = Answer(**{"status": 200, "headers": []} | rest, body=parse(serialize(body)))
    for run in runs:
        run(answer)
    return serialize(answer.body), answer.edits, answer.room


def one_by_one(steps: list[Step], body: Json, **rest: Any) -> tuple[bytes, int, int]:
    return _outcome([step.compile() for step in steps], body, rest)


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test__rows__often_enough_for_plans__are_what_the_steps_make_of_them(rows: list[Json]) -> None:
    body = {"rows": rows * OFTEN}
    expected = one_by_one(read(STEPS), body)
    assert edited(read(STEPS), body, times=3) == [expected] * 3


@pytest.mark.parametrize("body", [{}, {"rows": None}, {"rows": {"a": ROW}}, {"rows": []}, 1])
def test__rows__where_no_list_is__are_left_alone(body: Json) -> None:
    assert edited(read(STEPS), body) == [(serialize(body), 0, Answer(0, []).room)]


def test__rows__of_lists_in_lists__are_edited_in_each() -> None:
    steps = read([{"rename": {"at": "$[*][*]", "from": "a", "to": "b"}}, {"drop": {"at": "$[*][*]", "keys": ["c"]}}])
    body = [[{"a": 1, "c": 2}] * OFTEN, {"a": 1}, [], [{"a": 3}]]
    assert edited(steps, body, times=2) == [one_by_one(steps, body)] * 2


def test__rows__where_room_ends__get_what_the_steps_give_them() -> None:
    steps = read([{"default": {"at": "$[*]", "key": key, "value": "12345"}} for key in "bc"])
    body = [{"a": 1}] * OFTEN
    runs = [compiled(run) for run in together(steps)]
    _outcome(runs, body, {})
    got, edits, room = _outcome(runs, body, {"room": 52})
    assert (edits, room) == (10, 2)
    assert got.count(b"12345") == edits


def test__rows__under_a_condition__are_edited_only_where_it_holds() -> None:
    when = {"status": 404}
    steps = read([{name: {**given, "when": when}} for each in STEPS for name, given in each.items()])
    body = {"rows": [ROW] * OFTEN}
    assert edited(steps, body, times=2) == [(serialize(body), 0, Answer(0, []).room)] * 2
    assert edited(steps, body, times=2, status=404) == [one_by_one(steps, body, status=404)] * 2


@pytest.mark.parametrize(
    ("written", "lengths"),
    [
        (STEPS, [6]),
        ([{"unwrap": {"key": "a"}}, *STEPS[:2], {"sort": {"at": "$.rows"}}, *STEPS[2:4]], [1, 2, 1, 2]),
        ([STEPS[0], {"rename": {"at": "$.other[*]", "from": "a", "to": "b"}}, STEPS[1]], [1, 1, 1]),
        ([STEPS[0], {"rename": {"at": "$.rows.*", "from": "a", "to": "b"}}], [1, 1]),
        ([STEPS[0], {"convert": {"at": "$.rows[*].a[0]", "using": "trim"}}], [1, 1]),
        ([STEPS[0], {"drop": {"at": "$.rows[*]", "keys": ["a"], "when": {"status": 200}}}], [1, 1]),
        ([{"drop": {"at": "$[*]", "keys": [key], "when": {"body": {"$[0].a": "null"}}}} for key in "ab"], [1, 1]),
        ([{"copy": {"at": "$.rows[*]", "from": "$.rows[0].id", "to": "first"}}, STEPS[1]], [1, 1]),
        ([{"drop": {"keys": ["a"]}}, {"drop": {"keys": ["b"]}}], [1, 1]),
    ],
)
def test__together__of_steps__are_those_on_one_list_under_one_condition(
    written: list[dict[str, Any]], lengths: list[int]
) -> None:
    steps = read(written)
    runs = list(together(steps))
    assert [len(run) for run in runs] == lengths
    assert [step for run in runs for step in run] == steps


@pytest.mark.parametrize("row", AS_ROWS)
def test__vector__as_a_row_among_many__becomes_what_it_becomes_alone(row: dict[str, Any]) -> None:
    step, answer = read_step(row["step"]), answer_of(row["answer"])
    assert isinstance(step, BodyStep)
    steps: list[Step] = [step.moved((EACH, *step.at))] * 2
    body = [answer.body] * OFTEN
    assert edited(steps, body, times=2) == [one_by_one(steps, body)] * 2
