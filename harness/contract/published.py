"""The published JSON Schema of a contract: what it adds to OpenAPI."""

from __future__ import annotations

from typing import Any

from harness.contract.contract import METHOD, NEEDS, READS
from harness.contract.reading import EDITS
from harness.declared.openapi import METHODS
from harness.model.reads import Need, Op
from harness.schema.view import SUPPORT


def contract_schema() -> dict[str, Any]:
    """JSON Schema 2020-12. It goes beside OpenAPI's own, which says what the rest of the document may be."""
    place = {
        "type": "string",
        "pattern": r"^(\$.*|header \S+|status)$",
        "description": "$.rows[*].id, header x, status",
    }
    count = {"type": "integer", "minimum": 1}
    read = {
        "type": "object",
        "required": ["place"],
        "properties": {
            "place": place,
            "ops": {
                "description": "How the place was touched, and how often; it is read where nothing is said.",
                "type": "object",
                "propertyNames": {"enum": [op.value for op in Op]},
                "additionalProperties": count,
            },
            "where": {"description": "file:line:column in the plugin", "type": "array", "items": {"type": "string"}},
        },
        **_nothing_else(),
    }
    need = {
        "type": "object",
        "required": ["place"],
        "properties": {"place": place, **{edit: {"enum": [each.value for each in Need]} for edit in EDITS}},
        **_nothing_else(),
    }
    operation = {
        "type": "object",
        "properties": {
            SUPPORT: {"type": "object", "properties": {"samples": {"type": "integer", "minimum": 0}}},
            READS: {
                "description": "What the plugin reads of the answers; an empty list: nothing. Where it is missing, nobody"
                " watched, and every place counts as read.",
                "type": "array",
                "items": read,
            },
            NEEDS: {
                "description": "Whether the plugin's outcome changes where the place is changed on the old version.",
                "type": "array",
                "items": need,
            },
        },
    }
    methods = f"^({'|'.join(METHODS)}|{METHOD}.+)$"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Backfit contract",
        "description": "What a plugin calls, reads and needs: an OpenAPI 3.1 document with two lists beside each operation.",
        "type": "object",
        "required": ["openapi", "info", "paths"],
        "properties": {
            "openapi": {"type": "string", "pattern": r"^3\.[01]"},
            "info": {"type": "object", "properties": {"title": {"type": "string", "description": "the plugin"}}},
            "paths": {
                "type": "object",
                "patternProperties": {"^/": {"type": "object", "patternProperties": {methods: operation}}},
            },
        },
    }


def _nothing_else() -> dict[str, Any]:
    return {"patternProperties": {"^x-": True}, "additionalProperties": False}
