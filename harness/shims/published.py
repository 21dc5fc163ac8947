"""The shim file's published JSON Schema, made from the steps themselves so that the two cannot part."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import Any

from harness.lens.step import Step, step_types
from harness.shims.document import SCHEMA

_PATH = {"type": "string", "pattern": r"^\$", "description": "a JSONPath such as $.items[*].price"}
_TYPES: dict[str, dict[str, Any]] = {
    "Path": _PATH,
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "bool": {"type": "boolean"},
    "Condition": {"$ref": "#/$defs/condition"},
    "tuple[str, ...]": {"type": "array", "items": {"type": "string"}},
    "tuple[tuple[Json, Json], ...]": {"type": "array", "items": {"type": "array", "minItems": 2, "maxItems": 2}},
}


def shim_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a shim file."""
    texts = {"type": "array", "items": {"type": "string"}}
    steps = {"type": "array", "items": {"$ref": "#/$defs/step"}}
    route = {"type": "string", "pattern": r"^\S+ /[^?#]*$", "description": "a method and a path template"}
    lost = {
        "type": "object",
        "properties": {"path": {"type": "string"}, "reason": {"type": "string"}},
        "additionalProperties": False,
    }
    operation = {
        "type": "object",
        "required": ["match"],
        "additionalProperties": False,
        "properties": {
            "match": route,
            "discriminator": {"type": "string"},
            "when": {"$ref": "#/$defs/condition"},
            "forward": route,
            "response": steps,
            "lost": {"type": "array", "items": lost},
            "ambiguous": texts,
            "otherwise": {"type": "boolean"},
        },
    }
    named = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: {"type": "string"} for key in ("name", "old", "new")},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Backfit shim",
        "type": "object",
        "required": ["schema"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": SCHEMA},
            "system": named,
            "pairs": {"type": "integer", "minimum": 0},
            "operations": {"type": "array", "items": operation},
            "everywhere": steps,
            "otherwise": steps,
        },
        "$defs": {
            "condition": _condition(),
            "step": {"oneOf": [_step(name, kind) for name, kind in step_types().items()]},
        },
    }


def _step(name: str, kind: type[Step]) -> dict[str, Any]:
    known = fields(kind)
    parameters = {
        "type": "object",
        "additionalProperties": False,
        "required": [_written(field) for field in known if field.default is MISSING],
        "properties": {_written(field): _TYPES.get(str(field.type), {}) for field in known},
    }
    return {
        "type": "object",
        "title": name,
        "description": (kind.__doc__ or "").strip(),
        "required": [name],
        "additionalProperties": False,
        "properties": {name: parameters},
    }


def _written(field: Field[Any]) -> str:
    return field.name.rstrip("_")


def _condition() -> dict[str, Any]:
    named = {"type": "object", "additionalProperties": {"type": ["string", "boolean"]}}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "status": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[1-5]xx$"}]},
            "query": named,
            "path": named,
            "body": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    }
