"""An OpenAPI 3.0 or 3.1 document read into an `Api`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from harness.declared.api import (
    Api,
    DeclaredHeader,
    DeclaredOperation,
    DeclaredResponse,
    Parameter,
    RequestBody,
    Schema,
)
from harness.declared.documents import Documents, Node
from harness.declared.schemas import Schemas
from harness.model.operation import Operation

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_VERSION = re.compile(r"3\.[01](\..*)?")
_STATUS = re.compile(r"[1-5](\d\d|XX)|default")
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_NOT_PARAMETERS = ("accept", "authorization", "content-type")
"""Header parameters of these names say nothing (OpenAPI 3.1.1, section 4.8.12)."""


def read_openapi(documents: Documents, source: str) -> Api:
    """What a document whose root has the member `openapi` declares. Raises BadFile."""
    root = documents.root
    version = str(root.value["openapi"])
    if not _VERSION.fullmatch(version):
        raise root.child("openapi").bad(f"OpenAPI {version} is not read here", "convert it to OpenAPI 3.0 or 3.1")
    reader = _Reader(root, Schemas(documents, siblings=not version.startswith("3.0")))
    operations = {each.operation: each for each in reader.operations()}
    return Api(source, version, operations, reader.bases(root) or ("",), reader.schemas.references())


class _Reader:
    def __init__(self, root: Node, schemas: Schemas) -> None:
        self.root = root
        self.schemas = schemas

    def operations(self) -> Iterator[DeclaredOperation]:
        for template, item in self.root.members("paths"):
            if template.startswith("/"):
                for method in METHODS:
                    if item.mapping().value.get(method) is not None:
                        operation = Operation(method.upper(), template)
                        yield self._operation(operation, item, item.child(method).mapping())

    def bases(self, node: Node) -> tuple[str, ...]:
        """The paths of the servers, without a slash at the end, each once."""
        return tuple(dict.fromkeys(_base(server.mapping()) for server in node.elements("servers")))

    def _operation(self, operation: Operation, item: Node, node: Node) -> DeclaredOperation:
        body = node.get("requestBody")
        secured = node if isinstance(node.value.get("security"), list) else self.root
        return DeclaredOperation(
            operation,
            parameters=self._parameters(item, node),
            request_body=self._body(body.mapping()) if body else None,
            responses=dict(self._responses(node)),
            operation_id=node.said("operationId", ""),
            deprecated=node.said("deprecated", False),
            bases=self.bases(node) or self.bases(item) or self.bases(self.root) or ("",),
            security=tuple(each.of(dict) for each in secured.elements("security")),
            extensions={key: value for key, value in node.value.items() if key.startswith("x-")},
        )

    def _parameters(self, item: Node, node: Node) -> tuple[Parameter, ...]:
        """Those of the path, and those of the operation, which replace their like."""
        found: dict[tuple[str, str], Parameter] = {}
        for holder in (item, node):
            for each in holder.elements("parameters"):
                parameter = self._parameter(each.mapping())
                if parameter.place != "header" or parameter.name.lower() not in _NOT_PARAMETERS:
                    found[parameter.place, parameter.name] = parameter
        return tuple(found.values())

    def _parameter(self, node: Node) -> Parameter:
        place = node.said("in", "")
        if place not in ("query", "path", "header", "cookie"):
            raise node.bad(f"a parameter is in query, path, header or cookie, not in {place!r}")
        style = node.said("style", "form" if place in ("query", "cookie") else "simple")
        schema, media_type = self._value(node)
        return Parameter(
            node.said("name", ""),
            place,
            True if schema is None else schema,
            required=place == "path" or node.said("required", False),
            style=style,
            explode=node.said("explode", style == "form"),
            deprecated=node.said("deprecated", False),
            media_type=media_type,
        )

    def _value(self, node: Node) -> tuple[Schema | None, str]:
        """The schema of a parameter or a header, and its media type where it is a document."""
        if "schema" in node.value:
            return self.schemas.read(node.child("schema")), ""
        media_type, schema = next(iter(self._content(node).items()), ("", None))
        return schema, media_type

    def _body(self, node: Node) -> RequestBody:
        return RequestBody(self._content(node), node.said("required", False))

    def _responses(self, node: Node) -> Iterator[tuple[str, DeclaredResponse]]:
        for written, each in node.members("responses"):
            status = written.upper() if written[-2:].lower() == "xx" else written
            if _STATUS.fullmatch(status):
                yield status, DeclaredResponse(dict(self._headers(each.mapping())), self._content(each))
            elif not written.startswith("x-"):
                raise each.bad(f"{written!r} is no status: write 200, 2XX or default")

    def _headers(self, node: Node) -> Iterator[tuple[str, DeclaredHeader]]:
        for name, each in node.members("headers"):
            if name.lower() != "content-type":  # the media types say that already
                schema, _ = self._value(each.mapping())
                yield (
                    name.lower(),
                    DeclaredHeader(schema, each.said("required", False), each.said("deprecated", False)),
                )

    def _content(self, node: Node) -> Mapping[str, Schema | None]:
        return {media_type.lower(): self._schema_of(each) for media_type, each in node.members("content")}

    def _schema_of(self, media: Node) -> Schema | None:
        return self.schemas.read(media.child("schema")) if "schema" in media.mapping().value else None


def _base(server: Node) -> str:
    variables: dict[str, Any] = dict(server.members("variables"))
    url = _VARIABLE.sub(
        lambda found: str(variables[found[1]].said("default", "")) if found[1] in variables else found[0],
        server.said("url", ""),
    )
    return urlsplit(url).path.rstrip("/")
