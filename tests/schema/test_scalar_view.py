from __future__ import annotations

from typing import Any

import pytest

from harness.model.json_text import WrittenFloat
from harness.schema.scalar_view import all_values, counts_by_type, scalar_keywords, support
from tests.schema.json_values import of


def test__counts_by_type__mixed_values__counts_integers_among_numbers_where_there_are_both() -> None:
    assert counts_by_type(of([1, 2.5, None, True, False, "a", [], {}])) == {
        "null": 1,
        "boolean": 2,
        "number": 2,
        "string": 1,
        "array": 1,
        "object": 1,
    }
    assert counts_by_type(of([1, 2])) == {"integer": 2}


@pytest.mark.parametrize(
    ("values", "keywords"),
    [
        ([2**70, -1], {"minimum": -1, "maximum": 2**70}),
        ([WrittenFloat("1e999"), 1], {"minimum": 1}),
        (["a", "bcd"], {"minLength": 1, "maxLength": 3}),
        (["\ud800"], {"minLength": 1, "maxLength": 1}),
        ([None, True], {}),
    ],
)
def test__scalar_keywords__values__bounds_what_was_seen(values: list[Any], keywords: dict[str, Any]) -> None:
    assert scalar_keywords(of(values), 0) == keywords


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["b", "a", 2, 1, 1.5, None, True], ["a", "b", 1, 2, 1.5, True, None]),
        ([[1]], None),
        (list(range(65)), None),
        (["x" * 300], None),
        ([WrittenFloat("1e999")], None),
    ],
)
def test__all_values__scalars__are_all_or_none(values: list[Any], expected: list[Any] | None) -> None:
    assert all_values(of(values)) == expected


def test__support__of_an_enum__counts_each_value() -> None:
    assert support(of(["a", "b", "a"]), True) == {"samples": 3, "distinct": 2, "values": {"a": 2, "b": 1}}
