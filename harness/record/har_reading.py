"""One entry of a HAR, as browsers, proxies and Backfit write it, to an exchange."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from harness.model.exchange import Exchange, Headers, Request, Response, header
from harness.model.json_text import Json
from harness.record.body_text import bytes_of

NO_ANSWER = "no answer was recorded"


class MalformedEntry(ValueError):
    """What is wrong inside an entry; the reader of the file adds which file and entry."""


def read_entry(entry: Json) -> Exchange:
    """The exchange of one item of log.entries, whatever it is. Raises MalformedEntry."""
    if not isinstance(entry, dict):
        raise MalformedEntry("it is not an object")
    meta = dict(_part(entry, "_backfit", {}))
    name = meta.pop("id", None)
    if not (name is None or isinstance(name, str)):
        raise MalformedEntry("_backfit.id is not text")
    request, answer = _part(entry, "request"), _part(entry, "response", {})
    response = _response(answer, meta)
    error = answer.get("_error") or entry.get("_error")
    return Exchange(
        request=_request(request, meta),
        response=response,
        id=name,
        error=str(error) if error else None if response else NO_ANSWER,
        started=_text(entry, "startedDateTime", Exchange.started),
        elapsed=max(0.0, _number(entry, "time")) / 1000,
        meta=meta,
    )


def _request(request: Mapping[str, Json], meta: dict[str, Any]) -> Request:
    headers = _headers(request)
    return Request(
        method=_text(request, "method"),
        url=_text(request, "url"),
        headers=headers,
        body=_posted(_part(request, "postData", {}), headers, meta),
    )


def _response(answer: Mapping[str, Json], meta: dict[str, Any]) -> Response | None:
    status = _number(answer, "status")
    if status <= 0:  # browsers write 0 (Playwright -1) for a call that got no answer
        return None
    headers = _headers(answer)
    content = _part(answer, "content", {})
    if "text" not in content and _number(content, "size") > 0:
        meta.setdefault("note", "the response body is not in the HAR")
    body = _body(content, headers)
    return Response(status=int(status), headers=headers, body=body, reason=_text(answer, "statusText", ""))


def _posted(data: Mapping[str, Json], headers: Headers, meta: dict[str, Any]) -> bytes:
    fields = data.get("params") or []
    if data.get("text") or not fields:
        return _body(data, headers)
    if "multipart" in _text(data, "mimeType", ""):
        meta.setdefault("note", "the request body is not in the HAR, only its fields")
        return b""
    return urlencode(_pairs(fields, "postData.params")).encode()


def _body(content: Mapping[str, Json], headers: Headers) -> bytes:
    text = _text(content, "text", "")
    if "base64" in (content.get("encoding"), content.get("_encoding")):
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise MalformedEntry(f"a body is not base64: {error}") from error
    media_type = header(headers, "content-type") or _text(content, "mimeType", "")
    return bytes_of(text, media_type)


def _headers(message: Mapping[str, Json]) -> Headers:
    return _pairs(message.get("headers", []), "headers")


def _pairs(items: Json, name: str) -> Headers:
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise MalformedEntry(f"{name} is not a list of name and value")
    return tuple((_text(item, "name"), _text(item, "value", "")) for item in items)


def _part(of: Mapping[str, Json], key: str, default: Mapping[str, Json] | None = None) -> Mapping[str, Json]:
    value = of.get(key)
    value = default if value is None else value
    if not isinstance(value, dict):
        raise MalformedEntry(f"{key} is missing" if value is None else f"{key} is not an object")
    return value


def _text(of: Mapping[str, Json], key: str, default: str | None = None) -> str:
    value = of.get(key)
    value = default if value is None else value
    if not isinstance(value, str):
        raise MalformedEntry(f"{key} is missing" if value is None else f"{key} is not text")
    return value


def _number(of: Mapping[str, Json], key: str) -> float:
    value = of.get(key)
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MalformedEntry(f"{key} is not a number")
    return value
