from __future__ import annotations

from typing import Any

import pytest

from harness.declared.combined import common_types, is_null, is_plain, types_of, words_of


@pytest.mark.parametrize(
    ("sets", "common"),
    [
        ([], None),
        ([{"number"}, {"integer"}], {"integer"}),
        ([{"integer", "string"}, {"number"}], {"integer"}),
        ([{"number"}, {"number", "string"}], {"number"}),
        ([{"string"}, {"object"}], {"string", "object"}),
    ],
)
def test__common_types__of_several_sets__are_those_that_all_allow(
    sets: list[set[str]], common: set[str] | None
) -> None:
    assert common_types([frozenset(each) for each in sets]) == common


@pytest.mark.parametrize(
    ("statement", "types"),
    [
        ({}, None),
        ({"type": ["string", "null"]}, {"string", "null"}),
        ({"enum": [1.0, "a", None]}, {"integer", "string", "null"}),
        ({"type": ["string", "null"], "enum": ["a"]}, {"string"}),
        ({"properties": {}}, {"object"}),
        ({"minimum": 1}, None),
    ],
)
def test__types_of__a_statement__are_named_listed_or_implied(statement: Any, types: set[str] | None) -> None:
    assert types_of(statement) == types


def test__words_of__several_statements__are_the_narrower() -> None:
    one = {
        "maxLength": 5,
        "minLength": 1,
        "enum": ["a", "b"],
        "readOnly": False,
        "dependentRequired": {"a": ["b"]},
        "format": "date",
    }
    other = {
        "maxLength": 9,
        "minLength": 2,
        "enum": ["b", "c"],
        "readOnly": True,
        "dependentRequired": {"c": ["d"]},
        "format": "time",
    }
    assert words_of([one, other]) == {
        "maxLength": 5,
        "minLength": 2,
        "enum": ["b"],
        "readOnly": True,
        "dependentRequired": {"a": ["b"], "c": ["d"]},
        "format": "date",
    }


def test__is_null_and_is_plain__of_a_schema__look_at_all_that_it_says() -> None:
    assert is_null({"const": None})
    assert not is_null({"type": ["null", "string"]})
    assert is_plain({"type": "string", "title": "a"})
    assert not is_plain({"type": "string", "format": "date"})
