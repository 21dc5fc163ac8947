"""The shim file's published JSON Schema, made from the steps themselves so that the two cannot part."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import Any

from harness.lens.step import Step, step_types
from harness.shims.document import HAND, NEVER, SCHEMA

_PATH = {"type": "string", "pattern": r"^\$", "description": "a JSONPath such as $.items[*].price"}
_TYPES: dict[str, dict[str, Any]] = {
    "Path": _PATH,
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "bool": {"type": "boolean"},
    "Condition": {"$ref": "#/$defs/condition"},
    "tuple[Json, ...]": {"type": "array"},
    "tuple[str, ...]": {"type": "array", "items": {"type": "string"}},
    "tuple[tuple[Json, Json], ...]": {"type": "array", "items": {"type": "array", "minItems": 2, "maxItems": 2}},
}


def shim_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a shim file."""
    steps = {"type": "array", "items": {"$ref": "#/$defs/step"}}
    route = {"type": "string", "pattern": r"^\S+ /[^?#]*$", "description": "a method and a path template"}
    lost = {
        "type": "object",
        "properties": {
            "path": {"type": "string"},
            "reason": {"type": "string"},
            "required": {"type": "boolean", "description": "OLD's schema demands it"},
            "then": {"description": "what stands there instead: null, a default, or `error` for a clear error"},
        },
        "additionalProperties": False,
    }
    ambiguous = {
        "type": "object",
        "properties": {"path": {"type": "string"}, "reason": {"type": "string"}, "choices": steps},
        "additionalProperties": False,
    }
    call = {
        "type": "object",
        "required": ["name", "get"],
        "properties": {
            "name": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]*$"},
            "get": {"type": "string", "pattern": "^/", "description": "a path of NEW's, with variables and a query"},
            "chosen": {"type": "boolean", "description": "it is made only where this is true"},
            "keep": {"type": "number", "minimum": 0, "description": "seconds for which its answer is kept"},
        },
        "additionalProperties": False,
    }
    prefix = {"type": "string", "pattern": "^/"}
    moved = {
        "type": "object",
        "required": ["from", "to"],
        "additionalProperties": False,
        "properties": {"from": prefix, "to": prefix},
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
            "rewrite": {"oneOf": [{"const": NEVER}, {"$ref": "#/$defs/condition"}]},
            "request": steps,
            "calls": {"type": "array", "items": call},
            "response": steps,
            "lost": {"type": "array", "items": lost},
            "ambiguous": {"type": "array", "items": ambiguous},
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
            "requests": steps,
            "moved": {"type": "array", "items": moved},
            "learned": {"type": "array", "items": {"type": "string"}},
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
        "properties": {name: parameters, "by": {"const": HAND}},
    }


def _written(field: Field[Any]) -> str:
    return field.name.rstrip("_")


def _condition() -> dict[str, Any]:
    named = {"type": "object", "additionalProperties": {"type": ["string", "boolean"]}}
    value = {
        "type": "object",
        "required": ["is"],
        "additionalProperties": False,
        "properties": {"is": {"type": ["null", "boolean", "number", "string"]}},
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "status": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[1-5]xx$"}]},
            "query": named,
            "path": named,
            "content-type": {"type": "string"},
            "body": {
                "type": "object",
                "propertyNames": {"pattern": "^[$@]"},
                "additionalProperties": {"anyOf": [{"type": "string"}, value]},
            },
        },
    }
