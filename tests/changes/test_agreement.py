from __future__ import annotations

import pytest
from hypothesis import given

from harness.changes.agreement import (
    agreement,
    identity_key,
    in_order,
    leaf_count,
    leaves,
    pair_elements,
    same,
    scalar_agreement,
)
from harness.model.json_text import Json
from tests.schema.json_values import VALUES


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ([1, 2], [2, 1], False),
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        ([{"a": True}], [{"a": 1}], False),
        (None, False, False),
        ("1", 1, False),
        ({}, [], False),
        ([], None, False),
        ({"a": None}, {}, False),
        (2**64 + 1, 2**64 + 2, False),
    ],
)
def test__same__two_values__are_equal_as_json(old: Json, new: Json, expected: bool) -> None:
    assert same(old, new) is expected
    assert same(new, old) is expected


@given(VALUES)
def test__agreement__of_a_value_with_itself__is_1(value: Json) -> None:
    assert same(value, value)
    assert agreement(value, value) == 1.0


@given(VALUES, VALUES)
def test__agreement__of_different_values__is_below_1(old: Json, new: Json) -> None:
    assert agreement(old, new) <= 1.0
    assert (agreement(old, new) == 1.0) is same(old, new)


@pytest.mark.parametrize(
    ("old", "better", "worse"),
    [
        ({"a": "x"}, {"a": "x", "b": 1}, {"b": "x"}),  # in its place, before elsewhere
        ({"a": "x"}, {"data": {"a": "x"}}, {"data": {"a": "y"}}),  # elsewhere, before nowhere
        ([{"id": 1}, {"id": 2}], [{"id": 1}, {"id": 2}], [{"id": 2}, {"id": 1}]),  # in order
        ([{"id": 1, "n": "a"}, {"id": 2, "n": "b"}], [{"id": 2, "n": "b"}, {"id": 1, "n": "a"}], [{"id": 2, "n": "b"}]),
        ({"a": 7}, {"a": "7"}, {"a": "8"}),  # the same text
        ({"a": 100}, {"a": 101}, {"a": 300}),  # a live number that is near
        ({"a": "x"}, {"a": "y"}, {"a": None}),
        ([1, 2, 3], [1, 2], [1]),
    ],
)
def test__agreement__of_two_answers__prefers_the_nearer(old: Json, better: Json, worse: Json) -> None:
    assert agreement(old, better) > agreement(old, worse)


def test__agreement__true_beside_1__does_not_pass_for_it() -> None:
    assert agreement({"a": True}, {"b": 1}) == 0
    assert agreement({"a": True}, {"b": True}) > 0


@pytest.mark.parametrize(
    ("old", "better", "worse"),
    [(7, "7", "8"), (100, 105, 150), (0, 0.0, 1), ("a", "b", 1), (True, False, "yes"), (True, True, 1)],
)
def test__scalar_agreement__of_two_values__prefers_the_nearer(old: Json, better: Json, worse: Json) -> None:
    assert 1.0 >= scalar_agreement(old, better) > scalar_agreement(old, worse)


@pytest.mark.parametrize(
    ("value", "count"), [({}, 1), ([], 1), (None, 1), ([1, [2, {"a": 3, "b": []}]], 4), ({"a": {"b": {"c": 1}}}, 1)]
)
def test__leaf_count__of_a_value__counts_scalars_and_empty_containers(value: Json, count: int) -> None:
    assert leaf_count(value) == count


def test__leaves__of_true_and_1__are_apart() -> None:
    assert len(set(leaves([True, 1, 1.0, "1", None, {}, []]))) == 6


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([{"id": 1}, {"id": 2}], [{"id": 2}, {"id": 1}], "id"),
        ([{"n": "a", "id": 1}, {"n": "a", "id": 2}], [{"n": "a", "id": 2}, {"n": "a", "id": 1}], "id"),
        ([{"id": 1}, {"id": 1}], [{"id": 1}, {"id": 2}], None),  # a duplicate
        ([{"id": 1}, {"id": 2}], [{"id": 1}, {}], None),  # not always there
        ([{"id": 1}, {"id": None}], [{"id": 1}, {"id": 2}], None),
        ([{"ok": True}, {"ok": False}], [{"ok": False}, {"ok": True}], None),
        ([{"id": 1}, {"id": 2}], [{"id": 8}, {"id": 9}], None),  # nothing shared
        ([{"id": 1}, {"id": 2}], [{"id": "2"}, {"id": "1"}], "id"),  # ids that became texts
        ([{"id": 1}, {"id": "1"}], [{"id": "1"}, {"id": 1}], None),  # one id twice, once as a text
        ([1, 2], [2, 1], None),
        ([], [{"id": 1}], None),
        ([{"id": 1}, 2], [{"id": 1}, 2], None),
    ],
)
def test__identity_key__of_two_lists__is_unique_and_shared(old: Json, new: Json, expected: str | None) -> None:
    assert identity_key(old, new) == (None if expected is None else (expected,))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["a", "b"], ["a", "c"], ([(0, 0), (1, 1)], [], [])),
        (["a"], ["a", "b"], ([(0, 0)], [], [1])),
        (["a", "b"], [], ([], [0, 1], [])),
        ([{"id": 1}, {"id": 2}, {"id": 3}], [{"id": 3}, {"id": 1}, {"id": 4}], ([(0, 1), (2, 0)], [1], [2])),
        (["b", "a", "b"], ["a", "b", "b"], ([(0, 1), (1, 0), (2, 2)], [], [])),
        ([True, 1], [1, True], ([(0, 1), (1, 0)], [], [])),
        ([[1], [2]], [[2], [1]], ([(0, 0), (1, 1)], [], [])),  # nothing tells which is which
    ],
)
def test__pair_elements__of_two_lists__pairs_by_key_else_value_else_order(
    old: Json, new: Json, expected: tuple[list[tuple[int, int]], list[int], list[int]]
) -> None:
    assert pair_elements(old, new) == expected


@pytest.mark.parametrize(("pairs", "expected"), [([], True), ([(0, 1), (1, 3)], True), ([(0, 1), (1, 0)], False)])
def test__in_order__of_pairs__sees_a_reorder(pairs: list[tuple[int, int]], expected: bool) -> None:
    assert in_order(pairs) is expected
