from __future__ import annotations

from typing import Any

import pytest

from harness.declared.view import View
from harness.declared.views import Views

NULL = {"type": "null"}
TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
REFERENCES: dict[str, Any] = {
    "Text": TEXT,
    "Loop": {"allOf": [{"$ref": "Loop"}, {"type": "object"}]},
    "Value": {"oneOf": [{"$ref": "Value"}, {"type": "object"}, {"type": "array", "items": {"$ref": "Value"}}]},
}


def view(schema: Any) -> View:
    def resolve(each: Any) -> Any:
        return REFERENCES[each["$ref"]] if isinstance(each, dict) and "$ref" in each else each

    return Views(resolve).of(schema)


@pytest.mark.parametrize(
    ("schema", "types", "nullable"),
    [
        ({}, None, None),
        (TEXT, {"string"}, False),
        ({"type": ["string", "null"]}, {"string"}, True),
        ({"anyOf": [TEXT, NULL]}, {"string"}, True),
        ({"oneOf": [{"$ref": "Text"}, NULL]}, {"string"}, True),
        ({"oneOf": [TEXT, {"enum": [None]}]}, {"string"}, True),
        ({"anyOf": [{"allOf": [{"$ref": "Text"}]}, NULL]}, {"string"}, True),
        ({"oneOf": [TEXT, WHOLE, NULL]}, {"string", "integer"}, True),
        ({"oneOf": [TEXT, {"type": "object", "properties": {}}]}, {"string", "object"}, False),
        (
            {"oneOf": [{"type": ["object", "null"], "required": ["a"]}, {"type": "object", "required": ["b"]}]},
            {"object"},
            True,
        ),
        ({"oneOf": [{"minimum": 1}, TEXT]}, None, None),
        ({"enum": ["a", None]}, {"string"}, True),
        ({"type": ["string", "null"], "enum": ["a"]}, {"string"}, False),
        ({"const": 1}, {"integer"}, False),
        ({"properties": {"a": {}}}, {"object"}, False),
        ({"allOf": [{"type": "number"}, WHOLE]}, {"integer"}, False),
        ({"allOf": [WHOLE, {"type": "number"}]}, {"integer"}, False),
        ({"allOf": [{"type": ["string", "null"]}, {"type": ["string", "integer"]}]}, {"string"}, False),
        ({"$ref": "Loop"}, {"object"}, False),
        ({"$ref": "Value"}, None, None),
        (False, None, None),
    ],
)
def test__of__a_schema__says_its_types_and_whether_it_may_be_null(
    schema: Any, types: set[str] | None, nullable: bool | None
) -> None:
    seen = view(schema)
    assert (seen.types, seen.nullable) == (types, nullable)


def test__of__an_all_of__says_what_all_parts_say() -> None:
    seen = view(
        {
            "allOf": [
                {"properties": {"a": TEXT, "b": {"minLength": 1}}, "required": ["a"], "minimum": 1, "maximum": 9},
                {"properties": {"b": TEXT, "c": False}, "required": ["b"], "minimum": 3, "maximum": 7, "enum": [1, 2]},
            ],
            "enum": [2.0, 3],
            "deprecated": True,
        }
    )
    assert (set(seen.properties), seen.required) == ({"a", "b"}, {"a", "b"})
    assert seen.properties["b"] == {"allOf": [{"minLength": 1}, TEXT]}
    assert seen.words == {"minimum": 3, "maximum": 7, "enum": [2.0], "deprecated": True}
    assert seen.values == (2.0,)


def test__branches__of_a_union__have_what_stands_beside_it() -> None:
    schema = {"required": ["id"], "oneOf": [{"required": ["a"]}, {"required": ["b"]}]}
    views = Views(lambda each: each)
    branches = views.branches(schema, views.of(schema).unions[0])
    assert [views.of(branch).required for branch in branches] == [{"id", "a"}, {"id", "b"}]
