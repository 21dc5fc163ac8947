from __future__ import annotations

from typing import Any

import pytest

from tests.declared.pairs import bodies


@pytest.mark.parametrize(
    ("old", "new", "ids"),
    [
        ({"maximum": 10}, {"maximum": 9}, []),
        ({"maximum": 10}, {}, ["max-increased"]),
        ({}, {"maximum": 10}, []),
        ({"maximum": 10}, {"maximum": 10.0}, []),
        ({"exclusiveMaximum": 10}, {"maximum": 10}, ["max-increased"]),
        ({"maximum": 10}, {"exclusiveMaximum": 10}, []),
        ({"maximum": 10}, {"exclusiveMaximum": 11}, ["exclusive-max-increased"]),
        ({"exclusiveMaximum": 10}, {}, ["exclusive-max-increased"]),
        ({"maximum": 5, "exclusiveMaximum": 9}, {"maximum": 5}, []),
        ({"minimum": 0}, {"exclusiveMinimum": -1}, ["exclusive-min-decreased"]),
        ({"exclusiveMinimum": 0}, {"minimum": 0}, ["min-decreased"]),
        ({"minimum": 1, "maximum": 2}, {"minimum": 0, "maximum": 3}, ["max-increased", "min-decreased"]),
        ({"type": "integer", "exclusiveMaximum": 10}, {"type": "integer", "maximum": 9}, []),
        ({"type": "integer", "minimum": 0}, {"type": "integer", "exclusiveMinimum": -1}, []),
        ({"type": "string", "minLength": 3}, {"type": "string"}, ["min-length-decreased"]),
        ({"type": "string", "minLength": 0}, {"type": "string"}, []),
        ({"type": "string"}, {"type": "string", "maxLength": 3}, []),
        ({"type": "array", "minItems": 0}, {"type": "array"}, []),
        ({"contains": {}, "minContains": 1}, {"contains": {}}, []),
        ({"contains": {"const": 1}, "maxContains": 1}, {"contains": {"const": 1}}, ["max-contains-increased"]),
        ({"contains": {"const": 1}, "maxContains": 1}, {"maxContains": 2}, ["contains-removed"]),
    ],
)
def test__bounds__of_two_schemas__are_told_where_new_lets_more_through(old: Any, new: Any, ids: list[str]) -> None:
    sides = ({"type": "array" if "contains" in str(old) else "number"} | side for side in (old, new))
    assert bodies(*sides) == [(f"response-body-{part}", "$") for part in ids]
