from __future__ import annotations

from typing import Any

import pytest

from tests.declared.pairs import bodies, compared, member

KIND = {"discriminator": {"propertyName": "kind"}}


@pytest.mark.parametrize(
    ("old", "new", "ids"),
    [
        ({"const": "a"}, {"enum": ["a"]}, []),
        ({"const": "a"}, {"enum": ["a", "b"]}, ["const-removed"]),
        ({"enum": ["a", "b"]}, {"const": "a"}, ["const-added"]),
        ({"enum": ["a"]}, {"type": "string"}, ["enum-value-added"]),
        ({"type": "string"}, {"enum": ["a"]}, []),
        ({"enum": ["a", "b"]}, {"enum": ["b", "c", "d"]}, ["enum-value-added", "enum-value-removed"]),
        ({"enum": [1, 2]}, {"enum": [2.0, 1.0]}, []),
        ({"type": "integer", "default": 1}, {"type": "integer", "default": 1.0}, []),
        ({"type": "integer"}, {"type": "integer", "default": None}, ["default-value-added"]),
        ({"type": "object", "propertyNames": True}, {"type": "object"}, []),
        ({"type": "object", "unevaluatedProperties": {}}, {"type": "object"}, []),
        ({"dependentRequired": {"a": ["b", "c"]}}, {"dependentRequired": {"a": ["c", "b"], "d": []}}, []),
        ({"type": "object", **KIND}, {"type": "object", **KIND}, []),
        ({"type": "string", "x-stability-level": "stable"}, {"type": "string"}, []),
        ({"type": "string", "x-stability-level": "of my own"}, {"type": "string"}, []),
        ({"description": "a", "title": "b", "examples": [1]}, {"description": "c"}, []),
    ],
)
def test__keywords__of_two_schemas__are_told_where_they_mean_something_else(old: Any, new: Any, ids: list[str]) -> None:
    assert [change.kind for change in compared(member(old), member(new))] == [
        f"response-property-{part}" for part in ids
    ]


def test__keywords__of_a_body__have_the_id_of_a_property_where_there_is_none_for_a_body() -> None:
    assert bodies({"enum": ["a"]}, {"enum": ["a", "b"]}) == [("response-property-enum-value-added", "$")]
    assert bodies({"type": "string", "pattern": "a"}, {"type": "string"}) == [
        ("response-property-pattern-removed", "$")
    ]


def test__enum_values__added_with_others__are_one_finding_that_names_them() -> None:
    (change,) = compared(member({"enum": ["a"]}), member({"enum": ["a", "b", "c"]}))
    assert change.message == '"b", "c" can come now (status 200)'
    assert change.reason == 'OLD declares ["a"], NEW declares ["a","b","c"]'
