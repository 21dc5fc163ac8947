from __future__ import annotations

from typing import Any

import pytest

from tests.declared.pairs import bodies, compared, text

TEXT, WHOLE, NUMBER, OBJECT = ({"type": name} for name in ("string", "integer", "number", "object"))


@pytest.mark.parametrize(
    ("old", "new", "ids"),
    [
        ({}, TEXT, ["type-specialized"]),
        (TEXT, {}, ["type-generalized"]),
        ({}, {"type": "object", "properties": {"a": TEXT}}, ["type-specialized"]),
        ({"type": "object", "properties": {"a": TEXT}, "required": ["a"]}, {}, ["type-generalized"]),
        ({}, {"const": 1}, ["const-added"]),
        (TEXT, {"type": ["string", "integer"]}, ["type-generalized"]),
        ({"type": ["string", "integer"]}, {"anyOf": [WHOLE, TEXT]}, []),
        (WHOLE, {"anyOf": [WHOLE, NUMBER]}, ["list-of-types-widened"]),
        ({"anyOf": [TEXT, WHOLE]}, {"anyOf": [TEXT, {"type": "boolean"}]}, ["list-of-types-widened"]),
        (TEXT, {"oneOf": [WHOLE, {"type": "boolean"}]}, ["type-changed"]),
        ({"type": ["string", "integer"]}, {"type": ["string", "null"]}, ["became-nullable", "type-specialized"]),
        ({"type": ["string", "null"]}, {"type": "integer"}, ["type-changed"]),
        ({"type": "array", "items": OBJECT}, {"type": "object", "properties": {"items": {}}}, ["type-changed"]),
        ({"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}, ["type-changed"]),
        ({"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}, ["type-specialized"]),
        (TEXT, {"type": "string", "format": "uuid"}, ["type-specialized"]),
        ({"type": "string", "format": "uuid"}, TEXT, ["type-changed"]),
        ({"type": "integer", "format": "int64"}, {"type": "integer", "format": "int32"}, ["type-specialized"]),
        ({"type": "integer", "format": "int32"}, {"type": "string", "format": "uuid"}, ["type-changed"]),
        (
            {"$ref": "#/components/schemas/Cat"},
            {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"type": "null"}]},
            ["became-nullable"],
        ),
        ({"enum": ["a"]}, {"enum": ["a", None]}, ["became-nullable"]),
    ],
)
def test__types__of_two_schemas__are_one_finding(old: Any, new: Any, ids: list[str]) -> None:
    assert bodies(old, new) == [(f"response-body-{part}", "$") for part in ids]


@pytest.mark.parametrize(
    ("old", "new", "ids"),
    [
        (TEXT, WHOLE, ["compatible"]),
        (WHOLE, TEXT, ["changed"]),
        (WHOLE, NUMBER, ["generalized"]),
        (TEXT, {}, ["compatible"]),
    ],
)
def test__types__where_all_is_text__let_a_text_become_anything(old: Any, new: Any, ids: list[str]) -> None:
    assert [change.kind for change in compared(text(old), text(new))] == [f"response-body-type-{part}" for part in ids]
