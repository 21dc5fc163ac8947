"""requests: its responses, and the mapping without regard to case in which they have their headers."""

from __future__ import annotations

from typing import Any

from ..following import answer_by, body, status, stream
from ..header_reads import headers, headers_at


def _models(module: Any) -> None:
    response = module.Response
    answer_of = answer_by(_request)
    for name in ("content", "text"):
        body(response, name, answer_of)
    for name in ("iter_content", "iter_lines"):
        stream(response, name, answer_of)
    status(response, "status_code", answer_of)
    headers_at(response, "headers", answer_of)


def _request(response: Any) -> tuple[str, str]:
    request = response.__dict__.get("request")
    return getattr(request, "method", "") or "", getattr(request, "url", "") or ""


def _structures(module: Any) -> None:
    headers(module.CaseInsensitiveDict)


PATCHES = {"requests.models": _models, "requests.structures": _structures}
