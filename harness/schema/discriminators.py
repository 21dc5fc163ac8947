"""What tells calls on one path apart: the operation of a GraphQL document, the method of a JSON-RPC call."""

from __future__ import annotations

import re

from harness.model.exchange import Request
from harness.model.json_text import Json, parse

_NAMED = re.compile(r"\b(?:query|mutation|subscription)\s+([A-Za-z_][A-Za-z0-9_]*)")


def discriminator(request: Request) -> str:
    """The GraphQL operation's name or the JSON-RPC method (all of them for a batch); `""` for any other request."""
    if b'"query"' not in request.body and b'"method"' not in request.body and b'"operationName"' not in request.body:
        return ""
    try:
        body = parse(request.body)
    except (ValueError, RecursionError):
        return ""
    calls = body if isinstance(body, list) else [body]
    return ",".join(sorted({name for name in map(_called, calls) if name}))


def _called(call: Json) -> str:
    match call:
        case {"jsonrpc": _, "method": str(method)} | {"method": str(method), "params": _, "id": _}:
            return method
        case {"operationName": str(name), "query": _} | {"operationName": str(name), "extensions": _}:
            return name
        case {"query": str(document)}:
            named = _NAMED.search(document)
            return named[1] if named else ""
        case _:
            return ""
