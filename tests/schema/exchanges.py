"""Exchanges written in one line each, for tests."""

from __future__ import annotations

from harness.model.exchange import Exchange, Request, Response
from harness.model.json_text import Json, serialize


def call(line: str, answer: Json = None, *, status: int = 200, body: Json = None) -> Exchange:
    """`GET /path?query` (the method may be left out), what was answered and sent as JSON values; None for no body."""
    method, _, path = line.rpartition(" ")
    json_type = (("content-type", "application/json"),)
    sent = b"" if body is None else serialize(body)
    request = Request(method or "GET", f"http://host{path}", json_type if sent else (), sent)
    return Exchange(request, Response(status, json_type, b"" if answer is None else serialize(answer)))
