"""urllib3: its responses, which stand on those of http.client and undo their compression."""

from __future__ import annotations

from typing import Any

from ..following import answer_by, body, status
from ..header_reads import headers, headers_at
from ..pieces import generated, pieces
from .http_client import request_of


def _response(module: Any) -> None:
    response = module.HTTPResponse
    answer_of = answer_by(_request)
    body(response, "data", answer_of)
    for name in ("read", "read1"):
        if hasattr(response, name):
            pieces(response, name, answer_of)
    generated(response, "stream", answer_of)
    status(response, "status", answer_of)
    headers_at(response, "headers", answer_of)


def _collections(module: Any) -> None:
    headers(module.HTTPHeaderDict, "__getitem__", "getlist")


def _request(response: Any) -> tuple[str, str]:
    original = response.__dict__.get("_original_response")
    return request_of(original) if original is not None else ("", "")


PATCHES = {"urllib3.response": _response, "urllib3._collections": _collections}
