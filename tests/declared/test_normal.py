from __future__ import annotations

from typing import Any

import pytest

from harness.declared.normal import SchemaError, escaped, normal


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string", "nullable": True}, {"type": ["null", "string"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"type": "string", "enum": ["a"], "nullable": True}, {"type": ["null", "string"], "enum": ["a", None]}),
        ({"allOf": [{}], "nullable": True}, {"anyOf": [{"allOf": [{}]}, {"type": "null"}]}),
        ({"nullable": True}, {}),
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"minimum": 1, "exclusiveMinimum": False}, {"minimum": 1}),
        ({"exclusiveMaximum": True}, {}),
        ({"example": 1}, {"examples": [1]}),
        ({"type": ["string"]}, {"type": "string"}),
        ({"type": ["string", "null"]}, {"type": ["null", "string"]}),
        ({"type": "string", "format": "byte"}, {"type": "string", "contentEncoding": "base64"}),
        ({"type": "string", "format": "binary"}, {"type": "string", "contentMediaType": "application/octet-stream"}),
        ({"items": [{}, True], "additionalItems": False}, {"prefixItems": [{}, True], "items": False}),
        ({"dependencies": {"a": ["b"], "c": {}}}, {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {}}}),
        ({"$ref": "#/x"}, {"$ref": "#/x @ #"}),
        ({"$ref": "#/x", "deprecated": True}, {"allOf": [{"$ref": "#/x @ #"}], "deprecated": True}),
        ({"properties": {"$ref": {"type": "null"}}}, {"properties": {"$ref": {"type": "null"}}}),
        ({"const": {"$ref": "no reference"}}, {"const": {"$ref": "no reference"}}),
        ({"properties": None, "items": None, "default": None}, {"default": None}),
        ({"$defs": {"a": {}}, "$id": "x", "x-a": 1}, {"x-a": 1}),
        (True, True),
    ],
)
def test__normal__of_what_was_said_otherwise_once__says_it_in_the_words_of_2020(schema: Any, said: Any) -> None:
    assert normal(schema, "#", lambda reference, at: f"{reference} @ {at}") == said


def test__normal__beside_a_reference_in_openapi_3_0__holds_nothing() -> None:
    assert normal({"$ref": "#/x", "type": "string"}, "", lambda reference, at: reference, siblings=False) == {
        "$ref": "#/x"
    }


@pytest.mark.parametrize(
    ("schema", "at"),
    [
        ([], ""),
        ({"type": "strng"}, "/type"),
        ({"type": []}, "/type"),
        ({"properties": []}, "/properties"),
        ({"properties": {"a/b": 1}}, "/properties/a~1b"),
        ({"allOf": {}}, "/allOf"),
        ({"required": "a"}, "/required"),
        ({"required": [1]}, "/required/0"),
        ({"maximum": "3"}, "/maximum"),
        ({"maxLength": True}, "/maxLength"),
        ({"enum": "a"}, "/enum"),
        ({"pattern": 1}, "/pattern"),
        ({"$ref": 1}, ""),
        ({"dependentRequired": {"a": 1}}, "/dependentRequired/a"),
    ],
)
def test__normal__of_what_is_no_schema__names_the_place(schema: Any, at: str) -> None:
    with pytest.raises(SchemaError) as error:
        normal(schema, "", lambda reference, at: reference)
    assert error.value.at == at


def test__escaped__of_a_name__is_one_token_of_a_pointer() -> None:
    assert escaped("a/b~c") == "a~1b~0c"
