"""What was observed as an OpenAPI 3.1 document: the form in which a contract is kept.

Operations that share a method and a path (GraphQL, JSON-RPC) stand under the path with their discriminator as its
fragment, which is not sent: `/graphql#GetUser`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from urllib.parse import quote

from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.schema.observed import Bodies, Observed
from harness.schema.summary import Summary
from harness.schema.view import DIALECT, REQUIRED_SAMPLES, node_schema

VERSION = "3.1.0"

_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})

Node = dict[str, Json]


def openapi(observed: Iterable[Observed], title: str) -> Node:
    """The OpenAPI document of the observed operations. Methods that OpenAPI lacks stand under `x-backfit-method-…`."""
    paths: dict[str, Node] = defaultdict(dict)
    for seen in sorted(observed, key=lambda seen: seen.operation):
        method = seen.operation.method.lower()
        key = method if method in _METHODS else f"x-backfit-method-{method}"
        paths[_path(seen.operation)][key] = _operation(seen)
    return {
        "openapi": VERSION,
        "info": {"title": title, "version": "1"},
        "jsonSchemaDialect": DIALECT,
        "paths": dict(paths),
    }


def _path(operation: Operation) -> str:
    fragment = f"#{quote(operation.discriminator, safe=',.:~')}" if operation.discriminator else ""
    return operation.template + fragment


def _operation(seen: Observed) -> Node:
    node: Node = {"operationId": str(seen.operation), "x-backfit-support": {"samples": seen.calls}}
    parameters = [*_path_parameters(seen.operation.template), *_query_parameters(seen.query)]
    if parameters:
        node["parameters"] = parameters
    if seen.requests:
        always = sum(bodies.count for bodies in seen.requests.values()) == seen.calls
        node["requestBody"] = {"content": _content(seen.requests), "required": always}
    if seen.responses:
        node["responses"] = {str(status): _response(status, bodies) for status, bodies in seen.responses.items()}
    return node


def _path_parameters(template: str) -> list[Node]:
    names = re.findall(r"\{([^{}]+)\}", template)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _query_parameters(query: Summary) -> list[Node]:
    if query.objects is None:
        return []
    samples = query.objects.count
    return [
        {
            "name": name,
            "in": "query",
            "required": child.count == samples >= REQUIRED_SAMPLES,
            "schema": node_schema(child),
        }
        for name, child in sorted((query.objects.keys or {}).items())
    ]


def _response(status: int, bodies: Mapping[str, Bodies]) -> Node:
    try:
        description = HTTPStatus(status).phrase
    except ValueError:
        description = f"Status {status}"
    return {"description": description} | ({"content": _content(bodies)} if bodies else {})


def _content(bodies: Mapping[str, Bodies]) -> Node:
    return {media_type or "application/octet-stream": _media(of_type) for media_type, of_type in bodies.items()}


def _media(bodies: Bodies) -> Node:
    media: Node = {"schema": node_schema(bodies.summary)} if bodies.unread < bodies.count else {}
    return media | ({"x-backfit-unread": bodies.unread} if bodies.unread else {})
