from __future__ import annotations

import pytest

from harness.declared.values import short, value_key
from harness.model.json_text import Json


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        ("1", 1, False),
        ({"a": 1, "b": [2.0]}, {"b": [2], "a": 1}, True),
        ([1, 2], [2, 1], False),
        (None, False, False),
        (10**20, 1e20, True),
    ],
)
def test__value_key__of_two_values__is_equal_where_json_schema_holds_them_equal(
    one: Json, other: Json, same: bool
) -> None:
    assert (value_key(one) == value_key(other)) == same


def test__short__of_a_long_value__is_cut() -> None:
    assert short({"a": "x" * 99}, 10) == '{"a":"xxx…'
