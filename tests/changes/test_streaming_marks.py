from __future__ import annotations

from typing import Any

import pytest

from harness.changes.difference import Differs
from harness.changes.evidence import Case, gather
from harness.changes.pairing import Paired
from harness.changes.streaming_marks import BEYOND, MOST_MARKS, MOST_MESSAGES, Marks, template
from harness.lens.answer import ABSENT
from harness.model.exchange import Exchange
from harness.model.operation import Operation
from harness.model.paths import ANY, EACH
from tests.changes.bodies import exchange


def case(old: Exchange, new: Exchange) -> Case:
    [cases] = gather([Paired(old, new)], lambda request: Operation(request.method, request.path))
    return cases.cases[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"status": 200}, {"status": 201}),
        ({"body": {"a": 1}}, {"text": "a"}),
        ({"text": ""}, {"text": "a"}),
        ({"headers": {"A": "1"}}, {"headers": {}}),
        ({"headers": {"A": "1"}}, {"headers": {"A": "2"}}),
        ({"headers": {"Set-Cookie": "a=1; Secure"}}, {"headers": {"Set-Cookie": "a=1"}}),
        ({"body": {"a": 1}}, {"body": {"a": 2}}),
        ({"body": {"a": 1}}, {"body": {"a": "1"}}),
        ({"body": {"a": 1}}, {"body": {}}),
        ({"text": "a"}, {"text": "b"}),
    ],
)
def test__marks__of_a_call_whose_answers_differ__are_others(one: dict[str, Any], other: dict[str, Any]) -> None:
    here, there = exchange("/a", **one), exchange("/a", **other)
    marks = Marks()
    alike, different = marks.of(case(here, here)), marks.of(case(here, there))
    assert set(different) - set(alike)


def test__marks__of_calls_that_differ_in_ids_and_values__are_the_same() -> None:
    marks = Marks()
    found = [
        marks.of(case(exchange("/a", {"m": {str(n): {"x": n}}}), exchange("/a", {"m": {str(n): {"x": -n}}})))
        for n in (1, 2)
    ]
    assert found[0] == found[1]


def test__marks__of_another_parameter__say_its_name() -> None:
    old, new = exchange("/a?sort=x", {}), exchange("/a?order=x", {})
    assert {mark[1] for mark in Marks().of(case(old, new))} >= {("parameter", "sort"), ("parameter", "order")}


def test__marks__of_one_volatile_header__are_none() -> None:
    old, new = (exchange("/a", {}, headers={"Date": text}) for text in ("x", "y"))
    marks = Marks()
    assert marks.of(case(old, new)) == marks.of(case(old, old))


def test__left__names_the_place_as_template_and_the_kind_that_each_would_be() -> None:
    at = ("m", "1234", "x")
    [(mark, spot)] = Marks().left("g", [(at, Differs.GONE, 1, ABSENT)]).items()
    assert mark[0] == "g"
    assert mark[1][0] == ("m", ANY, "x")
    assert mark[1][2] == "response-property-removed"
    assert spot[0] == at


def test__marks__past_the_bound__are_one() -> None:
    marks = Marks()
    many = [((f"n{number}",), Differs.VALUE, 1, 2) for number in range(MOST_MARKS + 50)]
    found = marks.left("g", many)
    assert len(found) == MOST_MARKS + 1
    assert ("g", BEYOND) in found
    assert list(marks.left("g", many[:3])) == list(found)[:3]
    assert ("g", BEYOND) not in marks.left("h", many[:3])


def test__left__many_messages_at_a_place__are_told_apart_up_to_a_bound() -> None:
    texts = [("a long story about nothing", "a long story about nothing"[:end]) for end in range(3, 24)]
    marks = Marks()
    found = marks.left("g", [(("note",), Differs.VALUE, old, new) for old, new in texts])
    assert len(found) == MOST_MESSAGES + 1


def test__template__of_a_place__has_any_for_a_name_that_is_data() -> None:
    assert template(("m", "12", EACH, "x")) == ("m", ANY, EACH, "x")
