"""One request and its response, as bytes and header pairs: nothing that was on the wire is lost here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Headers = tuple[tuple[str, str], ...]


def header(headers: Headers, name: str) -> str | None:
    """The first value under `name` (any letter case), or None."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


@dataclass(frozen=True)
class Request:
    """`url` is absolute, exactly as sent; `body` is the decoded bytes (empty when there was none)."""

    method: str
    url: str
    headers: Headers = ()
    body: bytes = b""

    @cached_property
    def path(self) -> str:
        """The path as sent (still percent-encoded), `/` when empty."""
        return urlsplit(self.url).path or "/"

    @cached_property
    def query_string(self) -> str:
        """What stands behind the `?`, as sent."""
        return urlsplit(self.url).query

    @cached_property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The query's pairs, decoded, in order, blanks kept."""
        return tuple(parse_qsl(self.query_string, keep_blank_values=True))


@dataclass(frozen=True)
class Response:
    """`body` has its content-encoding undone (gzip, br …); `headers` are as sent."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    reason: str = ""

    @cached_property
    def content_type(self) -> str:
        """The media type in lower case without parameters, `""` when not said."""
        return (header(self.headers, "content-type") or "").split(";")[0].strip().lower()


@dataclass(frozen=True)
class Exchange:
    """A request and what came back. `response` is None when nothing did, and `error` then says why.

    `started` is ISO 8601, `elapsed` seconds, `meta` the other `_backfit` fields (plugin, page, reads …).
    """

    request: Request
    response: Response | None
    id: str | None = None
    error: str | None = None
    started: str = "1970-01-01T00:00:00.000Z"
    elapsed: float = 0.0
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Recording:
    """Exchanges in the order in which they were sent. `source` names the file that they came from, for messages."""

    exchanges: tuple[Exchange, ...]
    source: str = "(recording)"
