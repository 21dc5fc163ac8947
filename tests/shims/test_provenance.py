from __future__ import annotations

from typing import Any

import pytest

from harness.lens.answer import Answer, Call
from harness.lens.step import read_step
from harness.model.json_text import Json
from harness.shims.provenance import Provenance
from tests.lens.test_steps import ALL_VECTORS, answer_of


@pytest.mark.parametrize("row", ALL_VECTORS)
def test__invented__by_a_step_that_does_what_it_says__is_nothing(row: dict[str, Any]) -> None:
    step, before, after = read_step(row["step"]), answer_of(row["answer"]), answer_of(row["answer"])
    step.compile()(after)
    before.body = [before.body, before.received] if "received" in row["answer"] else before.body
    assert list(Provenance([step], before).invented(after)) == []


def invented(before: Json, after: Json, *steps: Json) -> list[tuple[str, Json]]:
    call = Call("GET", "/a/7", {"id": "7"}, {"q": "asked"})
    provenance = Provenance([read_step(step) for step in steps], Answer(200, [("x-total", "12")], before, call))
    return list(provenance.invented(Answer(200, [("x-total", "12")], after, call)))


@pytest.mark.parametrize(
    ("before", "after", "steps"),
    [
        ({"a": 1}, {"b": 1}, [{"rename": {"from": "a", "to": "b"}}]),
        ({"a": 1}, {"a": "1"}, [{"convert": {"at": "$.a", "using": "integer-to-string"}}]),
        ({"a": "5.50"}, {"a": 5.5}, [{"convert": {"at": "$.a", "using": "string-to-number"}}]),
        ({}, {"a": "7"}, [{"copy": {"from": "path(id)", "to": "a"}}]),
        ({}, {"a": "asked"}, [{"copy": {"from": "query(q)", "to": "a"}}]),
        ({}, {"a": 12}, [{"copy": {"from": "header(x-total)", "to": "a", "using": "string-to-integer"}}]),
        ([5, 5], {"a": 2}, [{"default": {"key": "a", "value": None}}]),
        ({"a": "x/y"}, {"a": ["x", "y"]}, [{"split": {"at": "$.a", "by": "/"}}]),
        ({"a": ["x", "y"]}, {"a": "x y"}, [{"join": {"at": "$.a", "by": " "}}]),
        ({"user_name": 1}, {"userName": 1}, [{"recase": {"to": "camel"}}]),
        ({"a": 1}, {"a": []}, []),
    ],
)
def test__invented__of_what_the_shim_documents__is_nothing(before: Json, after: Json, steps: list[Json]) -> None:
    assert invented(before, after, *steps) == []


@pytest.mark.parametrize(
    ("before", "after", "steps", "found"),
    [
        ({"a": 1}, {"a": 2}, [], [("a value", 2)]),
        ({"a": 1}, {"a": "1"}, [], [("a value", "1")]),
        ({"a": 1}, {"a": 1.5}, [{"convert": {"at": "$.a", "using": "integer-to-string"}}], [("a value", 1.5)]),
        ({"a": 1}, {"b": 1}, [], [("a name", "b")]),
        ({"a": "xy"}, {"a": "x"}, [], [("a value", "x")]),
        ({"a": "x/y"}, {"a": ["z"]}, [{"split": {"at": "$.a", "by": "/"}}], [("a value", "z")]),
        ({"a": True}, {"a": None}, [{"default": {"key": "b", "value": 1}}], [("a value", None)]),
    ],
)
def test__invented__of_what_comes_from_nowhere__is_named(
    before: Json, after: Json, steps: list[Json], found: list[tuple[str, Json]]
) -> None:
    assert invented(before, after, *steps) == found


def test__invented__statuses_and_headers__are_looked_at() -> None:
    provenance = Provenance([], Answer(200, [("a", "1")], {}))
    assert list(provenance.invented(Answer(500, [("a", "1"), ("b", "2")], {}))) == [("status", 500), ("header b", "2")]


def test__invented__a_chosen_value__is_the_persons() -> None:
    assert list(Provenance([], Answer(200, [], {}), [{"a": 9}]).invented(Answer(200, [], {"a": 9}))) == []
