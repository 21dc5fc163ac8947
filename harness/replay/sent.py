"""The places of a request that may hold what an earlier answer gave: path segments, parameters, headers, members of its body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from harness.lens.request import document_of, rewritten
from harness.model.exchange import Request
from harness.model.json_text import Json
from harness.model.template import PathTemplate
from harness.replay.answered import leaves

Slot = tuple[str | int, ...]
"""Where in the request's document: `("path", "2")` (the second segment), `("query", "after")`, `("body", "lines", 0, "sku")`."""

_NOT_FROM_ANSWERS = (
    *(
        "host",
        "user-agent",
        "accept",
        "content-",
        "connection",
        "cookie",
        "origin",
        "referer",
        "sec-",
        "date",
        "dnt",
        "cache-",
    ),
    *("pragma", "upgrade", "te", "trailer", "transfer-", "proxy-", "keep-alive", "range", "expect", "priority"),
)


def document(request: Request) -> dict[str, Json]:
    """The request as a document in which every segment of the path is a variable, named by its number."""
    return document_of(request, _template(request).match(_plain_path(request)) or {})


def slots(request: Request) -> Iterator[tuple[Slot, Json]]:
    """Each place that holds a text or a number."""
    whole = document(request)
    for part, value in whole.items():
        if part == "header":
            value = {name: text for name, text in value.items() if not name.startswith(_NOT_FROM_ANSWERS)}
        yield from leaves((part,), value)


def with_values(request: Request, values: Mapping[Slot, Json]) -> Request:
    """The request with other values at some of its slots; all else byte by byte as it was sent."""
    template = _template(request)
    raw = template.raw(_plain_path(request)) or {}
    changed = document(request)
    for slot, value in values.items():
        _put(changed, slot, value)
    return rewritten(request, raw, changed, template, request.method)


def _template(request: Request) -> PathTemplate:
    segments = _plain_path(request).split("/")[1:]
    named = (f"{{{number}}}" if segment else "" for number, segment in enumerate(segments, start=1))
    return PathTemplate("/" + "/".join(named))


def _plain_path(request: Request) -> str:
    return request.path if request.path.startswith("/") else f"/{request.path}"


def _put(whole: dict[str, Json], slot: Slot, value: Json) -> None:
    here: Any = whole
    for step in slot[:-1]:
        here = here[step]
    here[slot[-1]] = value
