"""What the parts of a schema say together: the types that all of them allow, and the narrower of two limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harness.declared.statements import type_name
from harness.declared.values import value_key
from harness.declared.view import NOTES
from harness.model.json_text import Json

LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains")
UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains")
FLAGS = ("deprecated", "readOnly", "writeOnly")
WORDS = (
    "const", "contentEncoding", "contentMediaType", "default", "dependentRequired", "discriminator", "enum", "format",
    "multipleOf", "pattern", "uniqueItems", "x-stability-level", "x-sunset", *LOWER, *UPPER, *FLAGS,
)  # fmt: skip
_IMPLIED = {"properties": "object", "additionalProperties": "object", "items": "array", "prefixItems": "array"}


def types_of(statement: Mapping[str, Any]) -> frozenset[str] | None:
    """Named, or those of the values that are listed, or implied by what is said of members and elements."""
    values = [statement["const"]] if "const" in statement else statement.get("enum")
    listed = None if values is None else frozenset(_type(value) for value in values)
    if "type" in statement:
        said = statement["type"]
        names = frozenset([said] if isinstance(said, str) else said)
        return names if listed is None or "null" in listed else names - {"null"}
    if listed is not None:
        return listed
    return next((frozenset([name]) for key, name in _IMPLIED.items() if key in statement), None)


def _type(value: Json) -> str:
    return "integer" if isinstance(value, float) and value.is_integer() else type_name(value)


def common_types(sets: Sequence[frozenset[str]]) -> frozenset[str] | None:
    """The types that all allow; where none is left, those that any names."""
    common: frozenset[str] | None = None
    for each in sets:
        wide = each | {"integer"} if "number" in each else each
        common = each if common is None else (common & wide) | ({"integer"} & each if "number" in common else set())
    return common or (frozenset[str]().union(*sets) if sets else None)


def is_null(schema: Any) -> bool:
    """Whether null is all that a schema allows."""
    return isinstance(schema, dict) and types_of(schema) == frozenset(["null"])


def is_plain(schema: Any) -> bool:
    """Whether a schema names types and says nothing else."""
    return isinstance(schema, dict) and "type" in schema and not schema.keys() - NOTES - {"type"}


def words_of(statements: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What all of them say of the value itself, by keyword."""
    found: dict[str, Any] = {}
    for each in statements:
        for key in WORDS:
            if key in each:
                found[key] = _both(key, found[key], each[key]) if key in found else each[key]
    return {key: value for key, value in found.items() if key not in FLAGS or value is True}


def _both(key: str, one: Any, other: Any) -> Any:
    """What a keyword says when two schemas of an `allOf` say something by it: the narrower, else what the first says."""
    if key in LOWER:
        return max(one, other)
    if key in UPPER:
        return min(one, other)
    if key in FLAGS:
        return one is True or other is True
    if key == "enum":
        keys = {value_key(value) for value in other}
        return [value for value in one if value_key(value) in keys]
    return {**other, **one} if key == "dependentRequired" else one
