"""httpx: responses of its clients with and without await."""

from __future__ import annotations

from typing import Any

from ..following import answer_by, awaited_body, body, status, stream
from ..header_reads import headers, headers_at

_PIECES = ("iter_bytes", "iter_text", "iter_lines", "iter_raw", "aiter_bytes", "aiter_text", "aiter_lines", "aiter_raw")


def _models(module: Any) -> None:
    response = module.Response
    answer_of = answer_by(lambda found: (found.request.method, str(found.request.url)) if found._request else ("", ""))
    for name in ("content", "text", "read"):
        body(response, name, answer_of)
    awaited_body(response, "aread", answer_of)
    for name in _PIECES:
        stream(response, name, answer_of)
    status(response, "status_code", answer_of)
    headers_at(response, "headers", answer_of)
    headers(module.Headers, "__getitem__", "get", "get_list")


PATCHES = {"httpx._models": _models}
