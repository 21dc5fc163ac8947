"""From a file to what it declares: OpenAPI or a bare JSON Schema, told apart by content."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from harness.declared.api import BARE, Api, DeclaredOperation, DeclaredResponse
from harness.declared.documents import Documents
from harness.declared.openapi import read_openapi
from harness.declared.schemas import Schemas
from harness.model.errors import BadFile

_SCHEMA_WORDS = {
    "$defs",
    "$id",
    "$ref",
    "$schema",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "definitions",
    "enum",
} | {
    "format",
    "if",
    "items",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "required",
    "type",
}
_OTHERS = {"swagger": "Swagger 2.0", "asyncapi": "AsyncAPI", "log": "a recording (HAR)"}


def is_declaration(value: Any) -> bool:
    """Whether a file's value is OpenAPI of any version, or a JSON Schema."""
    return isinstance(value, dict) and ("openapi" in value or "swagger" in value or bool(_SCHEMA_WORDS & value.keys()))


_HINT = 'OpenAPI has `openapi: 3.1.0` at its top; a recording is a HAR: JSON that begins with {"log": …'


def load_declared(path: Path) -> Api:
    """What an OpenAPI 3.0 or 3.1 document, or a JSON Schema, declares; files in its folder are read where it refers to them.

    A JSON Schema is the body of every answer of the one operation `BARE`. Raises BadFile, with line and JSON pointer.
    """
    documents = Documents(path)
    value = documents.root.value
    if isinstance(value, dict) and "openapi" in value:
        return read_openapi(documents, str(path))
    if isinstance(value, dict):
        for key, name in _OTHERS.items():
            if key in value and not _SCHEMA_WORDS & value.keys():
                raise BadFile(f"this is {name}", where=str(path), hint="give OpenAPI 3.0 or 3.1, or a JSON Schema")
    if not isinstance(value, bool) and not is_declaration(value):
        raise BadFile("neither OpenAPI nor a JSON Schema", where=str(path), hint=_HINT)
    schemas = Schemas(documents, siblings=True)
    body = schemas.read(documents.root)
    operation = DeclaredOperation(BARE, responses={"default": DeclaredResponse(content={"*/*": body})})
    return Api(str(path), "", {BARE: operation}, references=schemas.references())
