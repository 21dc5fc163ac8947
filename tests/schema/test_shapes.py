from __future__ import annotations

from typing import Any

import pytest

from harness.model.exchange import Response
from harness.schema.shapes import SELF, Shape, agree, shape_of
from tests.schema.exchanges import call


def shape(answer: Any) -> Shape:
    found = shape_of(call("/", answer).response)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("answer", "kind", "keys"),
    [
        ({"a": 1, "b": {"c": {"d": 1}}}, "object", {("a",), ("b",), ("b", "c")}),
        ([{"a": 1}, 2, {"b": {"c": 3}}], "array", {("a",), ("b",)}),
        ([], "array", set()),
    ],
)
def test__shape_of__json_answer__has_type_and_keys(answer: Any, kind: str, keys: set[tuple[str, ...]]) -> None:
    assert shape(answer) == (kind, keys)


@pytest.mark.parametrize(
    "response",
    [
        None,
        Response(404, (), b'{"a": 1}'),
        Response(204),
        Response(200, (), b"<html>"),
        Response(200, (), b"7"),
        Response(200, (), b"[" * 100_000),
        Response(200, (), b"\xff{}"),
    ],
)
def test__shape_of__no_successful_json__is_none(response: Response | None) -> None:
    assert shape_of(response) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"a": 1, "b": 2}, {"a": 3, "b": 4}, True),
        ({"a": 1, "b": 2}, [{"a": 3, "b": 4}], False),
        ({"a": 1}, {"a": 1}, False),  # one key tells nothing
        ([], [], False),
        (dict.fromkeys("abcd"), dict.fromkeys("abcde"), True),
        (dict.fromkeys("abc"), dict.fromkeys("abcd"), False),
        ({"ok": 1, "data": {"x": 1, "y": 1}}, {"ok": 1, "data": {"u": 1, "v": 1}}, False),
    ],
)
def test__agree__two_answers__needs_most_keys(one: Any, other: Any, expected: bool) -> None:
    assert agree(shape(one), shape(other)) == expected


def test__seen_from__a_key_that_repeats_the_path__is_the_same_for_all() -> None:
    total, idle = shape({"total": 1}).seen_from("total"), shape({"idle": 1}).seen_from("idle")
    assert total == idle == Shape("object", frozenset({(SELF,)}))
    assert agree(total, idle)


@pytest.mark.parametrize(
    "answer", [{"status": "error", "message": "no"}, {"ok": False, "error": "no"}, {"success": False, "of": 1}]
)
def test__shape_of__a_failure_with_a_good_status__is_none(answer: Any) -> None:
    assert shape_of(call("/", answer).response) is None
    fine = {name: {"status": "ok"}.get(name, True) for name in answer}
    assert shape_of(call("/", fine).response) is not None


def test__agree__lists_of_objects__are_compared_inside_unless_one_is_empty() -> None:
    ships, docks = {"n": 1, "of": [{"mast": 1, "hull": 2}]}, {"n": 1, "of": [{"pier": 1, "crane": 2}]}
    assert not agree(shape(ships), shape(docks))
    assert agree(shape(ships), shape({"n": 1, "of": []}))


def test__seen_from__an_empty_list_under_the_paths_own_name__proves_nothing() -> None:
    ships, docks = shape({"n": 1, "ships": []}).seen_from("ships"), shape({"n": 1, "docks": []}).seen_from("docks")
    assert not agree(ships, docks)
    lo, eth = ({name: [{"rx": 1, "tx": 2}]} for name in ("lo", "eth"))
    assert agree(shape(lo).seen_from("lo"), shape(eth).seen_from("eth"))
