"""A shim's verification as JSON, for a pipeline that judges by itself; its schema is derived from the model."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from harness.model.json_text import serialize
from harness.model.verification import Verification
from harness.report.json_report import as_json

SCHEMA = "backfit/verification/v1"


def render_verification_json(verification: Verification) -> str:
    """One line of JSON, valid against `verification_schema()`."""
    document = {"schema": SCHEMA, "passes": verification.passes, **as_json(verification)}
    return serialize(document).decode() + "\n"


def verification_schema() -> dict[str, Any]:
    """The JSON Schema 2020-12 of what `render_verification_json` writes."""
    schema = TypeAdapter(Verification).json_schema(mode="serialization")
    own = {"schema": {"const": SCHEMA}, "passes": {"type": "boolean", "description": "Whether the exit code is 0."}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Backfit verification",
        "properties": {**own, **schema["properties"]},
        "required": [*own, *(field.name for field in fields(Verification))],
    }
