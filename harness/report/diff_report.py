"""A comparison as JSON, for a pipeline that judges findings by itself; its schema is derived from the model."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from harness.model.change import Change, Level
from harness.model.json_text import serialize
from harness.model.summary import Accepted, DiffSummary
from harness.report import diff_words
from harness.report.json_report import as_json

SCHEMA = "backfit/diff/v1"
_COUNT = {"type": "integer", "minimum": 0}


def render_json(summary: DiffSummary) -> str:
    """One line of JSON, valid against `diff_schema()`; numbers as they were written."""
    return serialize(diff_document(summary)).decode() + "\n"


def diff_document(summary: DiffSummary) -> dict[str, Any]:
    """JSON values: `findings` and `accepted` with all that is known of each, `summary` in counts, what was `skipped`."""
    counts = {level.value: sum(change.level is level for change in summary.findings) for level in Level}
    return {
        "schema": SCHEMA,
        "old": summary.old,
        "new": summary.new,
        "findings": [_finding(change) for change in summary.findings],
        "accepted": [{**as_json(each), "change": _finding(each.change)} for each in summary.accepted],
        "summary": {
            **counts,
            "accepted": len(summary.accepted),
            "pairs": summary.pairs,
            "fails_on": summary.fails.value if summary.fails else None,
            "failing": len(summary.failing),
            "passes": diff_words.passes(summary),
            "verdict": diff_words.verdict(summary),
        },
        "skipped": dict(summary.skipped),
        "notes": list(summary.notes),
    }


def diff_schema() -> dict[str, Any]:
    """The JSON Schema 2020-12 of what `render_json` writes."""
    parts = TypeAdapter(Accepted).json_schema(mode="serialization")
    definitions = parts.pop("$defs")
    finding = definitions["Change"]
    finding["properties"] = {"rule": finding["properties"].pop("kind"), **finding["properties"]}
    finding["required"] = ["rule", *(field.name for field in fields(Change) if field.name != "kind")]
    finding["title"] = "Finding"
    properties = {
        "schema": {"const": SCHEMA},
        "old": {"type": "string", "description": "What was compared: a file, or a version."},
        "new": {"type": "string"},
        "findings": {"type": "array", "items": {"$ref": "#/$defs/Change"}, "description": "The worst first."},
        "accepted": {"type": "array", "items": {**parts, "required": [field.name for field in fields(Accepted)]}},
        "summary": _summary_schema(),
        "skipped": {
            "type": "object",
            "additionalProperties": _COUNT,
            "description": "A reason, and how many exchanges.",
        },
        "notes": {"type": "array", "items": {"type": "string"}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Backfit diff",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "$defs": definitions,
    }


def _summary_schema() -> dict[str, Any]:
    levels = [level.value for level in Level]
    properties = {
        **dict.fromkeys((*levels, "accepted", "pairs", "failing"), _COUNT),
        "fails_on": {"enum": [*levels, None], "description": "The level from which on findings fail; null: never."},
        "passes": {"type": ["boolean", "null"], "description": "null: nothing can be said."},
        "verdict": {"type": "string"},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def _finding(change: Change) -> dict[str, Any]:
    values = as_json(change)
    return {"rule": values.pop("kind"), **values}
