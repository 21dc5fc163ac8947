"""Where two values differ, as a person wants to be told."""

from __future__ import annotations

import pytest
from hypothesis import given

from harness.model.json_text import parse
from harness.report.explain_value import explained
from tests.report.comparisons import VALUES

WIDE = {f"member{number}": number for number in range(100_000)}


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ({"rows": [{"price": 5}]}, {"rows": [{"price": 6}]}, ["$.rows[0].price: 5 → 6"]),
        ({"a": 1}, {"b": 1}, ["$.a: 1 → absent", "$.b: absent → 1"]),
        ([1, 2, 3], [1, 3], ["$[1]: 2 → absent"]),
        ({}, {"a": None}, ["$.a: absent → null"]),
        ({"a": [1]}, {"a": {"b": 1}}, ['$.a: [1] → {"b": 1}']),
        ({"a": 1}, {"a": True}, ["$.a: 1 → true"]),
        ({"a": "1"}, {"a": 1}, ['$.a: "1" → 1']),
        ({"__proto__": 1, 'q"]\n': 1}, {"__proto__": 2, 'q"]\n': 2}, ['$.__proto__: 1 → 2', '$["q\\"]\\n"]: 1 → 2']),
        ({"a": 2**70}, {"a": 2**70 + 1}, ["$.a: 1180591620717411303424 → 1180591620717411303425"]),
        ({"a": 1, "b": [1.0]}, {"b": [1], "a": 1.0}, []),
        ([1], {"a": 1}, []),
        (1, 2, []),
        ({"a": 1}, {"a": 1}, []),
    ],
)  # fmt: skip
def test__explained__two_values__names_each_place_that_differs(old: object, new: object, lines: list[str]) -> None:
    assert list(explained(old, new)) == lines


def test__explained__numbers__are_shown_as_they_were_written() -> None:
    old, new = parse(b'{"a": 1.10e5, "b": 18446744073709551617, "c": 1.10}'), parse(b'{"a": -0, "b": 1.0, "c": 1.1}')
    assert list(explained(old, new)) == ["$.a: 1.10e5 → -0", "$.b: 18446744073709551617 → 1.0"]


def test__explained__more_places_than_asked_for__are_counted() -> None:
    told = explained({"a": list(range(20))}, {"a": list(range(100, 120))}, most=8)
    assert next(iter(told)) == "$.a[0]: 0 → 100"
    assert list(told)[-2:] == ["$.a[7]: 7 → 107", "and 12 more"]


def test__explained__long_texts_that_part_late__are_shown_where_they_part() -> None:
    (line,) = explained({"a": "x" * 1_000_000 + "yes"}, {"a": "x" * 1_000_000 + "no"}).lines
    assert line.old.endswith('yes"')
    assert line.new.endswith('no"')
    assert len(line.old) < 80


@pytest.mark.parametrize(
    ("old", "new", "about", "lines"),
    [
        ({"a": 1, "b": 2}, {"b": 3}, {"a"}, ["$.a: 1 → absent"]),
        ({"a": 1, "b": 2}, {"b": 3}, {"c"}, ["$.a: 1 → absent", "$.b: 2 → 3"]),
    ],
)
def test__explained__about_a_member__tells_of_it_alone_where_it_differs(
    old: object, new: object, about: set[str], lines: list[str]
) -> None:
    assert list(explained(old, new, about=about)) == lines


def deep(levels: int, leaf: object) -> object:
    """`leaf` under so many lists."""
    for _ in range(levels):
        leaf = [leaf]
    return leaf


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        (deep(1_000, 1), deep(1_000, 2), 1),
        (deep(1_000, 1), deep(1_000, 1), 0),
        ({"a": deep(50, {"x": 1, "y": 2})}, {"a": deep(50, {"y": 2, "x": 1})}, 0),
        (WIDE, {**WIDE, "more": 1}, 0),
        ({"rows": [WIDE, WIDE]}, {"rows": [WIDE, {**WIDE, "more": 1}]}, 1),
        ([0] * 100_000, [0] * 99_999, 0),
    ],
)
def test__explained__deep_and_wide_values__are_compared_as_far_as_it_stays_quick(
    old: object, new: object, count: int
) -> None:
    assert len(explained(old, new).lines) == count


@given(VALUES, VALUES)
def test__explained__any_values__are_told_the_same_way_twice_and_never_of_equals(old: object, new: object) -> None:
    assert explained(old, new) == explained(old, new)
    assert not explained(old, old)
    assert all(text.isprintable() or " " in text for text in explained(old, new))
