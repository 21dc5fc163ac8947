from __future__ import annotations

import json
from typing import Any

import pytest

from tests.declared.pairs import bodies

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
CHANGED = "response-property-type-changed"


@pytest.mark.parametrize(
    ("holder", "path"),
    [
        ({"type": "array", "items": "HERE"}, "$[*]"),
        ({"type": "array", "prefixItems": [True, "HERE"]}, "$[1]"),
        ({"type": "array", "contains": "HERE"}, "$[*]"),
        ({"type": "array", "unevaluatedItems": "HERE"}, "$[*]"),
        ({"type": "object", "additionalProperties": "HERE"}, "$.*"),
        ({"type": "object", "unevaluatedProperties": "HERE"}, "$.*"),
        ({"type": "object", "patternProperties": {"^a": "HERE"}}, "$.*"),
        ({"properties": {"a": {"properties": {"b": "HERE"}}}}, "$.a.b"),
        ({"if": {}, "then": {"properties": {"a": "HERE"}}, "else": True}, "$.a"),
        ({"if": {}, "else": {"properties": {"a": "HERE"}}}, "$.a"),
        ({"type": "object", "dependentSchemas": {"x": {"properties": {"a": "HERE"}}}}, "$.a"),
        ({"type": "string", "contentSchema": {"properties": {"a": "HERE"}}}, "$.a"),
        ({"anyOf": [{"type": "array", "items": "HERE"}, {"type": "null"}]}, "$[*]"),
        ({"allOf": [{"properties": {"a": "HERE"}}, {"properties": {"a": {"description": "b"}}}]}, "$.a"),
    ],
)
def test__compare__of_what_stands_inside__names_its_place(holder: Any, path: str) -> None:
    old, new = (json.loads(json.dumps(holder).replace('"HERE"', json.dumps(inner))) for inner in (TEXT, WHOLE))
    assert bodies(old, new) == [(CHANGED, path)]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({"type": "array"}, {"type": "array", "items": TEXT}, [("response-property-type-specialized", "$[*]")]),
        (
            {"type": "array", "items": TEXT},
            {"type": "array", "items": True},
            [("response-property-type-generalized", "$[*]")],
        ),
        (
            {"type": "object", "additionalProperties": TEXT},
            {"type": "object"},
            [("response-property-type-generalized", "$.*")],
        ),
        ({"type": "object", "additionalProperties": False}, {"type": "object"}, []),
        ({"type": "object", "additionalProperties": True}, {"type": "object", "additionalProperties": {}}, []),
        (
            {"type": "array", "prefixItems": [TEXT], "items": WHOLE},
            {"type": "array", "prefixItems": [TEXT, WHOLE], "items": WHOLE},
            [],
        ),
        (True, {}, []),
        (False, {}, []),
        (
            {"type": "array", "items": {"properties": {"a": TEXT}}},
            {"properties": {"a": WHOLE}},
            [("response-body-type-changed", "$")],
        ),
    ],
)
def test__compare__of_what_is_not_said__tells_no_more_than_there_is(
    old: Any, new: Any, found: list[tuple[str, str]]
) -> None:
    assert bodies(old, new) == found
