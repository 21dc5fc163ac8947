from __future__ import annotations

from typing import Any

import pytest

from harness.declared.statements import (
    at,
    below,
    members,
    named,
    part_below,
    required,
    speaks_of,
    stated_by,
    statements,
    type_name,
    types,
)  # fmt: skip
from harness.model.paths import ANY, EACH, Path

SHARED: dict[str, Any] = {
    "node": {"properties": {"next": {"$ref": "node"}, "v": {"type": "integer"}}, "required": ["v"]}
}


def resolve(schema: Any) -> Any:
    return SHARED[schema["$ref"]] if isinstance(schema, dict) and "$ref" in schema else schema


@pytest.mark.parametrize(
    ("schema", "path", "expected"),
    [
        ({"properties": {"a": {"type": "string"}}}, ("a",), {"string"}),
        ({"properties": {"a": {"type": "string"}}}, ("b",), set()),
        ({"items": {"type": "integer"}}, (EACH,), {"integer"}),
        ({"prefixItems": [{"type": "null"}], "items": {"type": "integer"}}, (0,), {"null"}),
        ({"prefixItems": [{"type": "null"}], "items": {"type": "integer"}}, (1,), {"integer"}),
        ({"additionalProperties": {"type": "array"}}, ("any",), {"array"}),
        ({"additionalProperties": {"type": "array"}}, (ANY,), {"array"}),
        ({"patternProperties": {"^x": {"type": "array"}}}, ("x1",), {"array"}),
        ({"patternProperties": {"^x": {"type": "array"}, "(?<!": {}}}, ("y",), set()),
        ({"allOf": [{"type": "object"}, {"properties": {"a": {"enum": [1, None]}}}]}, ("a",), {"integer", "null"}),
        ({"anyOf": [{"type": "string"}, {"const": 1.5}]}, (), {"string", "number"}),
        ({"$ref": "node"}, ("next", "next", "v"), {"integer"}),
        (True, ("a",), set()),
    ],
)
def test__at__a_place__is_all_that_is_stated_of_it(schema: Any, path: Path, expected: set[str]) -> None:
    assert types(at(schema, path, resolve)) == expected


def test__statements__that_refer_to_each_other__come_once() -> None:
    loop: dict[str, Any] = {"type": "object"}
    loop["allOf"] = [loop]
    assert statements(loop, resolve) == (loop,)


def test__members__and_what_is_required__come_from_all_parts() -> None:
    stated = statements({"allOf": [{"$ref": "node"}, {"properties": {"b": {}}, "required": ["b"]}]}, resolve)
    assert set(members(stated)) == {"next", "v", "b"}
    assert required(stated) == {"v", "b"}
    assert stated_by("required", stated) == [["v"], ["b"]]
    assert part_below(stated, "b") == {}
    assert part_below(stated, "nothing") is None


def test__named__of_a_map__is_any_member() -> None:
    stated = statements({"properties": {"a": {}}, "additionalProperties": {"type": "string"}}, resolve)
    assert (named("a", stated), named("b", stated)) == ("a", ANY)
    assert (speaks_of(stated, "b"), speaks_of(statements({"additionalProperties": False}, resolve), "b")) == (
        True,
        False,
    )
    assert below(stated, "b", resolve) == ({"type": "string"},)


@pytest.mark.parametrize(
    ("value", "name"), [(1, "integer"), (1.0, "number"), (True, "boolean"), (None, "null"), ({}, "object")]
)
def test__type_name__of_a_value__is_that_of_json_schema(value: Any, name: str) -> None:
    assert type_name(value) == name
