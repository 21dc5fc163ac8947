"""What was observed as an OpenAPI 3.1 document: the form in which a contract is kept.

Operations that share a method and a path (GraphQL, JSON-RPC, media types) stand under the path with their discriminator
as its fragment, which is not sent: `/graphql#GetUser`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from harness.model.body import Form
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.template import PathTemplate
from harness.schema.bodies import Bodies
from harness.schema.observed import Observed
from harness.schema.pins import Pins
from harness.schema.summary import Summary, as_map
from harness.schema.view import REQUIRED_SAMPLES, SUPPORT, View

VERSION = "3.1.0"

_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
_LAST_NAME = re.compile(r"/([^/{}]+)(?:/\{[^/]*\}[^/]*)*/?$")

Node = dict[str, Json]


def openapi(
    observed: Iterable[Observed],
    title: str,
    pins: Pins | None = None,
    beside: Mapping[Operation, Node] | None = None,
) -> Node:
    """The OpenAPI document of the observed operations; what OpenAPI has no place for stands under `x-backfit-…`.

    `beside` are an operation's members beside what was observed. Raises UsageError for a pin that does not fit what it is put
    on, or that is on nothing.
    """
    pins = pins or Pins()
    view = View("#/components/schemas/", pins)
    paths: dict[str, Node] = defaultdict(dict)
    for seen in sorted(observed, key=lambda seen: seen.operation):
        method = seen.operation.method.lower()
        key = method if method in _METHODS else f"x-backfit-method-{method}"
        paths[_path(seen.operation)][key] = _operation(seen, view, (beside or {}).get(seen.operation, {}))
    pins.require_all_met()
    document = {"openapi": VERSION, "info": {"title": title, "version": "1"}, "paths": dict(sorted(paths.items()))}
    return document | ({"components": {"schemas": view.definitions}} if view.definitions else {})


def _path(operation: Operation) -> str:
    fragment = f"#{quote(operation.discriminator, safe=',.:~', errors='replace')}" if operation.discriminator else ""
    return operation.template + fragment


def _operation(seen: Observed, view: View, beside: Node) -> Node:
    support = {"samples": seen.calls} | ({"unanswered": seen.unanswered} if seen.unanswered else {})
    node: Node = {"operationId": str(seen.operation), SUPPORT: support} | beside
    parameters = [*_path_parameters(seen, view), *_query_parameters(seen.query, view)]
    if parameters:
        node["parameters"] = parameters
    content = _Content(view, str(seen.operation), _name(seen.operation))
    if seen.requests:
        sent = sum(bodies.count for bodies in seen.requests.values())
        support = {"samples": sent, "of": seen.calls}
        node["requestBody"] = {"content": content.of(seen.requests), "required": sent == seen.calls, SUPPORT: support}
    return node | content.responses(seen.responses)


def _name(operation: Operation) -> str:
    """What the schemas of an operation are called: the GraphQL operation, the method, or the last name in the path."""
    found = _LAST_NAME.search(operation.template)
    return operation.discriminator or (found[1] if found else "root")


def _path_parameters(seen: Observed, view: View) -> list[Node]:
    keys = _keys(seen.path)
    return [
        _parameter(name, "path", True, keys.get(name, Summary()), seen.calls, view)
        for name in PathTemplate(seen.operation.template).variables
    ]


def _query_parameters(query: Summary, view: View) -> list[Node]:
    """Names that are data (`?filter[x]=…` without end) are one parameter, an object that is taken apart."""
    if query.objects is None:
        return []
    calls = query.objects.count
    if query.objects.keys is None:
        values = as_map(query.objects)[0]
        node = _parameter("parameters", "query", False, values, calls, view)
        return [node | {"schema": {"type": "object", "additionalProperties": node["schema"]}, "explode": True}]
    return [
        _parameter(name, "query", child.count == calls >= REQUIRED_SAMPLES, child, calls, view)
        for name, child in sorted(query.objects.keys.items())
    ]


def _parameter(name: str, place: str, required: bool, values: Summary, calls: int, view: View) -> Node:
    schema = view.parameter(values, name) if values.count else {"type": "string"}
    support = {"samples": values.count, "of": calls}
    return {"name": name, "in": place, "required": required, "schema": schema, SUPPORT: support}


def _keys(parameters: Summary) -> Mapping[str, Summary]:
    return {} if parameters.objects is None else parameters.objects.keys or {}


@dataclass(frozen=True)
class _Content:
    """Bodies of one operation; what they define is called `name`."""

    view: View
    operation: str
    name: str

    def responses(self, by_status: Mapping[int, Mapping[str, Bodies]]) -> Node:
        """Statuses that HTTP does not have, which OpenAPI refuses, stand beside the others."""
        known: Node = {}
        strange: Node = {}
        for status, bodies in by_status.items():
            content = {"content": self.of(bodies)} if bodies else {}
            if 100 <= status < 600:
                known[str(status)] = {"description": _phrase(status)} | content
            else:
                strange[f"x-backfit-status-{status}"] = content
        return ({"responses": known} if known else {}) | strange

    def of(self, bodies: Mapping[str, Bodies]) -> Node:
        """By media type; a body that does not say its type may be of any."""
        return {media_type or "*/*": self._media(of_type) for media_type, of_type in bodies.items()}

    def _media(self, bodies: Bodies) -> Node:
        """The schema, and what must be said of the bodies besides."""
        media: Node = {SUPPORT: {"samples": bodies.count}}
        if bodies.unread < bodies.count:
            media["schema"] = self.view.schema(bodies.summary, self.name, self.operation)
        told: Node = {
            "x-backfit-unread": bodies.unread,
            "x-backfit-duplicate-keys": bodies.repeating,
            "x-backfit-miscoded": bodies.miscoded,
            "x-backfit-forms": sorted(bodies.forms - {Form.JSON}),
        }
        return media | {name: value for name, value in told.items() if value}


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"
