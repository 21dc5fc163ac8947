from __future__ import annotations

from typing import Any

import pytest

from harness.declared.calls import Spot
from harness.declared.narrower import narrower_values


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"type": ["string", "null"]}, {"type": "string"}, ["request-parameter-became-not-nullable"]),
        ({}, {"type": "string"}, ["request-parameter-type-changed"]),
        ({"type": "integer"}, {"type": "number"}, []),
        (
            {"type": ["string", "integer", "boolean"]},
            {"type": ["string", "integer"]},
            ["request-parameter-list-of-types-narrowed"],
        ),
        ({"enum": ["a", "b"]}, {"enum": ["a"]}, ["request-parameter-enum-value-removed"]),
        ({"enum": ["a"]}, {"enum": ["b", "a"]}, []),
        ({"type": "string"}, {"type": "string", "enum": ["a"]}, ["request-parameter-became-enum"]),
        ({"maximum": 5}, {"maximum": 4}, ["request-parameter-max-decreased"]),
        ({"maximum": 5}, {"maximum": 6}, []),
        ({"maximum": 5}, {}, []),
        ({"minLength": 1}, {"minLength": 2}, ["request-parameter-min-length-increased"]),
        ({}, {"maxItems": 3}, ["request-parameter-max-items-set"]),
        ({"pattern": "a"}, {"pattern": "b"}, ["request-parameter-pattern-changed"]),
        ({}, {"uniqueItems": True}, ["request-parameter-unique-items-added"]),
        ({}, {"uniqueItems": False}, []),
    ],
)
def test__narrower_values__of_a_keyword__are_told_where_new_takes_less(old: Any, new: Any, expected: list[str]) -> None:
    assert [each.kind for each in narrower_values(Spot("query", "q"), (old,), (new,))] == expected
