"""The whole summary as JSON, for programs; its schema is derived from the model, so that the two cannot part."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from harness.atomic import write_atomically
from harness.model.json_text import serialize
from harness.model.summary import CheckSummary
from harness.report.text import sample

SCHEMA = "backfit/report/v1"
_LEVELS = 100
"""A stranger's answer can be nested deeper than a JSON writer, ours or a reader's, can go."""


def write_json(summary: CheckSummary, path: Path) -> None:
    """Write `summary` to `path`, valid against `report_schema()`. Raises BackfitError where it cannot be written."""
    write_atomically(path, [render_check_json(summary).encode()])


def render_check_json(summary: CheckSummary) -> str:
    """The file's text."""
    return serialize({"schema": SCHEMA, **as_json(summary)}).decode() + "\n"


def report_schema() -> dict[str, Any]:
    """The JSON Schema 2020-12 of what `write_json` writes."""
    schema = TypeAdapter(CheckSummary).json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Backfit report",
        "properties": {"schema": {"const": SCHEMA}, **schema["properties"]},
        "required": ["schema", *(field.name for field in fields(CheckSummary))],
    }


def as_json(value: Any, levels: int = _LEVELS) -> Any:
    """A model value as JSON values: fields by name, enums by value, tuples and sets as lists, numbers as written.

    `Change.facts` may hold what JSON cannot (a path's steps, bytes): such a leaf becomes its text, and so does what lies
    more than `levels` levels deep.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name), levels - 1) for field in fields(value)}
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case dict() | list() if levels < 1:
            return sample(value)
        case Mapping():
            return {str(as_json(key, levels - 1)): as_json(item, levels - 1) for key, item in value.items()}
        case list() | tuple():
            return [as_json(item, levels - 1) for item in value]
        case Set():
            return sorted((as_json(item, levels - 1) for item in value), key=str)
        case _:
            return str(value)
