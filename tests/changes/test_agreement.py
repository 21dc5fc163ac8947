from __future__ import annotations

import pytest
from hypothesis import given

from harness.changes.agreement import (
    agreement,
    deformed,
    distance,
    identity_key,
    in_order,
    leaf,
    leaf_count,
    leaves,
    near,
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
    ("old", "new", "expected"),
    [
        (0, 0.0, 1.0),
        (10, 11, 0.5),
        (-10, -11.0, 0.5),
        (1, 1.05, 0.5),
        (10, 12, 0.2),
        (0, 1, 0.2),
        (7, "7", 0.5),
        ("a", 1, 0.1),
        (True, False, 0.2),
        (True, 1, 0.1),
        (1, True, 0.1),
        (None, 1, 0.05),
        (True, None, 0.05),
        ("2026-03-02", "2026-04-05", 0.35),  # one pattern
        ("2026-03-02", "yesterday!", 0.2),
        ("ab-12345", "cd-67890", 0.35),
        ("ab-1234", "cd-5678", 0.2),  # too short for a pattern
        (2**2000, 2**2000 + 1, 0.2),
    ],
)
def test__scalar_agreement__of_two_values__is_what_they_share(old: Json, new: Json, expected: float) -> None:
    assert scalar_agreement(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1, "b": 2}, {"a": 1}, 0.5),
        ({"a": 1, "b": 2}, {"a": 1, "b": 2, "c": 3}, 0.999),
        ({"a": "x"}, {"b": "x"}, 0.3),
        ({"a": "xyz"}, [["xyz"]], 0.3),
        ({"a": {"x": 1}}, {"a": 5, "x": 1}, 0.3),
        ({"a": 5, "x": 1}, {"a": {"x": 1}}, 0.15),
        ({"a": ["x", "y"]}, {"a": ["y", "x"]}, 0.8),  # in another order
        ({"a": [], "b": 1}, {"a": [], "b": 2}, 0.6),
        ({"a": [], "b": 1}, {"a": {}, "b": 1}, 0.5),
        ({"a": [], "b": 1}, {"a": [2], "b": 1}, 0.5),
        ({"a": {}, "b": 1}, {"a": {"c": 2}, "b": 1}, 0.5),
        ([1, 2, 3], [1, 2], 2 / 3),
        ({"a": ["p"], "b": "q"}, {"a": ["p", "q"]}, 0.65),
        ({"a": ["p", "q"]}, {"a": ["p"], "b": "q"}, 0.65),
        ({}, {"a": 1}, 0.0),
        ("a", [1], 0.0),
    ],
)
def test__agreement__of_two_answers__is_the_share_of_olds_leaves(old: Json, new: Json, expected: float) -> None:
    assert agreement(old, new) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(10, 11, True), (11, 10, True), (10, 11.5, False), (-10, -9, True), (2**2000, 2**2000, True), (2**2000, 1, False)],
)
def test__near__is_within_a_share_of_the_first(one: float, other: float, expected: bool) -> None:
    assert near(one, other, 0.1) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, ("bool", True)),
        (1.5, ("number", 1.5)),
        ("a", ("other", "a")),
        (None, ("other", None)),
        ({"a": 1}, ("dict", None)),
        ([], ("list", None)),
    ],
)
def test__leaf__of_a_value__has_its_type(value: Json, expected: tuple[str, Json]) -> None:
    assert leaf(value) == expected
    assert value or [leaf(value)] == list(leaves(value))


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
        ([{"id": 1}, {"id": "b"}], [{"id": "b"}, {"id": 1}], "id"),
        ([{"n": n} for n in "abcd"], [{"n": n} for n in "axyz"], None),  # one in four is shared by chance
        ([{"ID": n} for n in "abcd"], [{"ID": n} for n in "axyz"], "ID"),
        ([{"n": n} for n in "abcd"], [{"n": n} for n in "abxy"], None),
        ([{"n": n} for n in "abcd"], [{"n": n} for n in "abcz"], "n"),
        ([{"m": n, "n": n} for n in "abcd"], [{"m": m, "n": n} for m, n in zip("abcz", "abcd", strict=True)], "n"),
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
        (
            [{"at": {"id": 1}, "n": 1}, {"at": {"id": 2}, "n": 1}],
            [{"at": {"id": 2}, "n": 1}, {"at": {"id": 1}, "n": 1}],
            ([(0, 1), (1, 0)], [], []),
        ),
        ([{"at": {"id": 1}}, {"at": 2}], [{"at": 2}, {"at": {"id": 1}}], ([(0, 0), (1, 1)], [], [])),
        ([1, {"a": 1}], [{"a": 2}, 1], ([(0, 0), (1, 1)], [], [])),
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


@pytest.mark.parametrize(
    ("old", "before", "after", "expected"),
    [
        ([1], [2], {"a": [1]}, True),
        ({"a": 1}, {"b": 1}, [1], True),
        (1, 2, [1], True),
        ([1], {"a": [1]}, [1], False),  # it was not OLD's form
        ([1], [2], [1], False),
        ("a", 1, None, False),
    ],
)
def test__deformed__an_edit__takes_away_a_form_that_was_right(
    old: Json, before: Json, after: Json, expected: bool
) -> None:
    assert deformed(old, before, after) is expected


def test__distance__what_is_lacking__counts_before_what_is_too_much() -> None:
    assert distance({"a": 1}, {"a": 1, "b": 2}) < distance({"a": 1}, {}) < distance({"a": 1}, {"b": 2, "c": 3})
