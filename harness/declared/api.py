"""What an OpenAPI document, or a bare JSON Schema, declares: operations, and the schemas of what they take and give.

Every schema is JSON Schema 2020-12, whatever the document was written in. A schema that refers to another is `{"$ref": …}` and
nothing else: `Api.resolve` gives what it stands for, so that recursive schemas are no different from others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.model.operation import Operation

Schema = dict[str, Any] | bool
"""A JSON Schema 2020-12. The same schema is the same Python object wherever it is referred to."""

BARE = Operation("ANY", "*")
"""The one operation of a bare JSON Schema: whatever was called, this is the body."""


@dataclass(frozen=True)
class Parameter:
    """`place` is query, path, header or cookie. `media_type` is set where the value is a document (`content`), else ""."""

    name: str
    place: str
    schema: Schema
    required: bool = False
    style: str = "form"
    explode: bool = True
    deprecated: bool = False
    media_type: str = ""


@dataclass(frozen=True)
class RequestBody:
    """Schemas by media type (lower case, as written otherwise); None where a media type has none."""

    content: Mapping[str, Schema | None]
    required: bool = False


@dataclass(frozen=True)
class DeclaredHeader:
    """A header of an answer. `schema` is None where nothing is said of its value."""

    schema: Schema | None
    required: bool = False
    deprecated: bool = False


@dataclass(frozen=True)
class DeclaredResponse:
    """`headers` by name in lower case; `content` as in a request's body."""

    headers: Mapping[str, DeclaredHeader] = field(default_factory=dict)
    content: Mapping[str, Schema | None] = field(default_factory=dict)


@dataclass(frozen=True)
class DeclaredOperation:
    """`responses` are by status as written: `200`, `2XX` or `default`. `parameters` include those of the path.

    `bases` are the paths of the servers that hold for it (`/api/v3`, "" for none), the first one first. `security` are the
    alternatives, each a mapping of scheme to scopes. `extensions` are the operation's `x-…` members.
    """

    operation: Operation
    parameters: tuple[Parameter, ...] = ()
    request_body: RequestBody | None = None
    responses: Mapping[str, DeclaredResponse] = field(default_factory=dict)
    operation_id: str = ""
    deprecated: bool = False
    bases: tuple[str, ...] = ("",)
    security: tuple[Mapping[str, Any], ...] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Api:
    """`source` names the file; `version` is the OpenAPI version as written, "" for a bare JSON Schema.

    `references` are the schemas that a `$ref` can name, by the text that stands there.
    """

    source: str
    version: str
    operations: Mapping[Operation, DeclaredOperation]
    bases: tuple[str, ...] = ("",)
    references: Mapping[str, Schema] = field(default_factory=dict, repr=False)

    def resolve(self, schema: Any) -> Any:
        """What a `$ref` stands for, which is never a `$ref` itself; anything else as it is."""
        while isinstance(schema, dict) and "$ref" in schema:
            schema = self.references[schema["$ref"]]
        return schema
