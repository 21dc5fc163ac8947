from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.schema.columns import alike_columns, hold_lists, joined
from tests.schema.json_values import KEYS


@given(st.lists(st.dictionaries(KEYS, st.integers(), max_size=4), min_size=1, max_size=6))
def test__joined__objects__loses_and_invents_nothing(column: list[dict[str, int]]) -> None:
    columns = joined(alike_columns(column))
    for key in {key for value in column for key in value} | columns.keys():
        assert sorted(columns[key]) == sorted(value[key] for value in column if key in value)


@pytest.mark.parametrize(
    ("arrays", "lists"),
    [
        ([[1, "a"], []], False),
        ([[{}, {}]], True),
        ([[[1], [2]]], True),
        ([[1, {}], ["a", {}]], False),
        ([[1, {}], [{}]], True),
    ],
)
def test__hold_lists__arrays__sees_lists_of_containers(arrays: list[list[Any]], lists: bool) -> None:
    assert hold_lists(arrays) == lists
