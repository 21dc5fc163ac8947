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
