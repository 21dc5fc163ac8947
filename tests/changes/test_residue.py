from __future__ import annotations

import pytest

from harness.changes.residue import residue
from harness.lens.answer import ABSENT
from harness.model.json_text import Json
from harness.model.paths import format_path
from tests.changes.bodies import pairs


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1}, {"a": 2}, [("response-value-changed", "$.a")]),
        ({"a": 1}, {"a": "x"}, [("response-form-changed", "$.a")]),
        ({"a": {}}, {"a": []}, [("response-form-changed", "$.a")]),
        ({"a": True}, {"a": 1}, [("response-form-changed", "$.a")]),
        ({"a": None}, {"a": 1}, [("response-property-became-not-nullable", "$.a")]),
        (1, "x", [("response-form-changed", "$")]),
        ({"a": 1, "b": 2}, {"a": 1}, [("response-property-removed", "$.b")]),
        ({"a": {"b": {"c": 1}}}, {"a": {"b": {}}}, [("response-property-removed", "$.a.b.c")]),
        ([{"a": 1}], [{"a": 2}], [("response-value-changed", "$[*].a")]),
        ([1, 2], [1], [("response-list-elements-changed", "$[*]")]),
        ([{"id": 1}, {"id": 2}], [{"id": 2}, {"id": 1}], [("response-list-reordered", "$")]),
        ({"7": {"n": 1}, "8": {"n": 2}}, {"7": {"n": 3}, "8": {"n": 4}}, [("response-value-changed", "$.*.n")]),
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": 1}, ABSENT, []),
    ],
)
def test__residue__of_one_pair__names_each_place_once(old: Json, new: Json, expected: list[tuple[str, str]]) -> None:
    assert [(each.kind, format_path(each.at)) for each in residue(pairs([old], [new]))] == expected


def test__residue__of_a_member_that_is_gone_in_some__says_in_how_many() -> None:
    olds: list[Json] = [{"a": "x"}, {"a": "y"}, {}]
    [found] = residue(pairs(olds, [{"a": "x"}, {}, {}]))
    assert (found.support.pairs, found.support.agreeing, found.support.distinct) == (3, 1, 1)
    assert (found.old, found.new) == ("y", None)
    assert "in 1 answer" in found.message


def test__residue__of_a_member_that_came_in_some__is_an_addition() -> None:
    [found] = residue(pairs([{"a": "x"}, {}], [{"a": "x"}, {"a": "y"}]))
    assert (found.kind, found.old, found.new) == ("response-optional-property-added", None, "y")
    assert (found.at, found.support.agreeing, found.support.distinct) == (("a",), 1, 1)


def test__residue__at_a_noisy_place__looks_at_the_type_alone() -> None:
    assert residue(pairs([{"t": 1}], [{"t": 2}]), {("t",)}) == []
    [found] = residue(pairs([{"t": 1}, {"t": 1}], [{"t": 2}, {"t": "x"}]), {("t",)})
    assert found.kind == "response-form-changed"


def test__residue__is_looked_at__never_edited() -> None:
    looked = pairs([{"a": [1]}], [{"a": [2, 3]}])
    residue(looked)
    assert looked[0].answer.body == {"a": [2, 3]}


def deep(value: Json, depth: int) -> Json:
    for _ in range(depth):
        value = {"a": value}
    return value


@pytest.mark.parametrize("depth", [10, 39, 200])
def test__residue__of_a_deep_difference__is_said(depth: int) -> None:
    assert len(residue(pairs([deep(1, depth)], [deep(2, depth)]))) == 1


@pytest.mark.parametrize(("depth", "at", "whole"), [(40, 40, False), (41, 41, True), (60, 41, True)])
def test__residue__past_forty_levels__is_said_there_without_a_look_inside(depth: int, at: int, whole: bool) -> None:
    [found] = residue(pairs([deep(1, depth)], [deep(2, depth)]))
    assert len(found.at) == at
    assert (found.message == "what stands 40 levels deep differs") is whole


@pytest.mark.parametrize(("new", "told"), [(2, False), ("x", True), (None, True)])
def test__residue__of_another_form__is_told_from_its_like_by_what_it_became(new: Json, told: bool) -> None:
    [found] = residue(pairs([{"a": 1}], [{"a": new}]))
    assert found.told == (found.message if told else "")


def test__residue__of_a_member_that_is_gone__counts_its_answers_and_values() -> None:
    [found] = residue(pairs([{"a": "x"}, {"a": "y"}, {"a": "y"}, {}], [{}, {}, {}, {}]))
    assert (found.support.pairs, found.support.agreeing, found.support.distinct) == (4, 3, 2)
