"""Small declarations and the calls that go with them, for tests: read by the loader, as a user's file would be."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from harness.declared.api import Api
from harness.declared.load import load_declared
from harness.model.exchange import Exchange, Request, Response

HOST = "http://shop.test"


def load(document: Any) -> Api:
    """The declaration that a document makes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "openapi.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        return load_declared(file)


def document(paths: Any, **more: Any) -> dict[str, Any]:
    """An OpenAPI document with these paths."""
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths, **more}


def api(paths: Any, **more: Any) -> Api:
    """The declaration that these paths make."""
    return load(document(paths, **more))


def operation(*parameters: Any, body: Any = None, required: bool = False, answer: Any = None, **more: Any) -> Any:
    """An operation with parameters, the schema of a JSON body, and the schema of a JSON answer with status 200."""
    made: dict[str, Any] = {"responses": {"200": {"description": "ok"}}, **more}
    if parameters:
        made["parameters"] = list(parameters)
    if body is not None:
        made["requestBody"] = {"required": required, "content": {"application/json": {"schema": body}}}
    if answer is not None:
        made["responses"]["200"]["content"] = {"application/json": {"schema": answer}}
    return made


def parameter(name: str, schema: Any = True, place: str = "query", **more: Any) -> Any:
    """A declared parameter."""
    if place == "path":
        more["required"] = True
    return {"name": name, "in": place, "schema": {} if schema is True else schema, **more}


def call(
    url: str,
    body: Any = None,
    *,
    method: str = "GET",
    status: int = 200,
    answer: Any = None,
    headers: tuple[tuple[str, str], ...] = (),
    media: str = "application/json",
) -> Exchange:
    """A recorded call. A body or an answer that is no bytes is JSON."""
    sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    told = answer if isinstance(answer, bytes) else b"" if answer is None else json.dumps(answer).encode()
    said = (("Content-Type", media),) if sent else ()
    response = Response(status, (("Content-Type", "application/json"),), told)
    return Exchange(Request(method, HOST + url, (*headers, *said), sent), response)
