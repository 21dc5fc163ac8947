from __future__ import annotations

from typing import Any

import pytest

from harness.model.paths import format_path
from harness.schema.places import MANY, is_map, is_tuple, variety, walk
from harness.schema.summary import KEY_CAP
from tests.schema.json_values import of


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([{"id": 1, "name": "a"}] * 3, False),
        ([{}], False),
        ([{"7": 1}], False),  # one key shows nothing
        ([{"7": {"a": 1}, "8": {"a": 2}}], True),
        ([{"7": {"a": 1}, "8": "x"}], False),
        ([{"2026-03-01": 1}, {"2026-03-02": 2}], True),
        ([{f"host-{number}": {"up": True}} for number in range(9)], True),
        ([{f"field{number}": 1 for number in range(20)}], False),  # all that was seen, had them all
        ([{f"f{number}": 1 for number in range(9)}, {f"f{number}": 2 for number in range(6)}], False),
        ([{"kind": k, f"{k}1": f"{n}", f"{k}2": "", f"{k}3": ""} for n in range(9) for k in "abcd"], False),  # variants
        ([{"a": 1}, {"b": 2}, {"c": 3}], False),  # too few keys: a union of small records is as likely
        ([{f"k{number}": 1 for number in range(KEY_CAP + 1)}], True),
    ],
)
def test__is_map__objects__tells_maps_from_records(objects: list[Any], expected: bool) -> None:
    found = of(objects).objects
    assert found is not None
    assert is_map(found) == expected


@pytest.mark.parametrize(
    ("arrays", "expected"),
    [
        ([[1, "a"], [2, "b"]], True),
        ([[1, "a"]], False),
        ([[1, 2.5], [2, 3]], False),
        ([[1, None], [None, "a"]], True),
        ([[1, "a"], [1]], False),
        ([[], []], False),
    ],
)
def test__is_tuple__arrays__tells_tuples_from_lists(arrays: list[Any], expected: bool) -> None:
    assert is_tuple(of(arrays)) == expected


def test__walk__nested_value__names_each_place_once() -> None:
    summary = of([{"items": [{"a": 1}, {"b": 2}], "by_id": {"7": True, "8": False}, "point": [1, "N"]}] * 2)
    places = {format_path(path): seen.count for path, seen in walk(summary)}
    assert places == {
        "$": 2,
        "$.by_id": 2,
        "$.by_id.*": 4,
        "$.items": 2,
        "$.items[*]": 4,
        "$.items[*].a": 2,
        "$.items[*].b": 2,
        "$.point": 2,
        "$.point[0]": 2,
        "$.point[1]": 2,
    }


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ([], 0),
        ([1, 1, 2, None], 3),
        ([{"a": [{"b": n} for n in range(5)]}], 5),
        ([{f"k{n}": n % 7} for n in range(300)], 7),
    ],
)
def test__variety__anything__is_that_of_the_richest_place(values: list[Any], count: int) -> None:
    assert variety(of(values)) == count


def test__variety__too_many_to_keep__is_many() -> None:
    assert variety(of([{"a": n} for n in range(100)])) == MANY
