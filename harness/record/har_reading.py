"""One entry of a HAR, as browsers, proxies and Backfit write it, to an exchange."""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from harness.model.body import MISSING, PACKED
from harness.model.exchange import Exchange, Headers, Request, Response, header
from harness.model.json_text import Json
from harness.record.body_text import bytes_of
from harness.record.encodings import unpacked

NO_ANSWER = "no answer was recorded"
SOCKET, MESSAGES = "_webSocketMessages", "messages"
"""What a WebSocket said: where Chromium writes it, and where it stands in an exchange's meta."""

_NOTE = "note"
_STATUSES = range(100, 1000)
_PACKED_STARTS = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
"""gzip (RFC 1952) and zstd (RFC 8878)."""


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
    if messages := _objects(entry.get(SOCKET), SOCKET):
        meta[MESSAGES] = messages
    request, answer = _part(entry, "request"), _part(entry, "response", {})
    response = _response(answer, meta, ours="_backfit" in entry)
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


def _url(request: Mapping[str, Json]) -> str:
    url = _text(request, "url")
    try:
        _ = urlsplit(url).port
    except ValueError as error:
        raise MalformedEntry(f"url is no URL: {error}") from error
    return url


def _request(request: Mapping[str, Json], meta: dict[str, Any]) -> Request:
    headers = _headers(request)
    return Request(
        method=_text(request, "method"),
        url=_url(request),
        headers=headers,
        body=_posted(_part(request, "postData", {}), headers, meta),
    )


def _response(answer: Mapping[str, Json], meta: dict[str, Any], *, ours: bool) -> Response | None:
    """`ours` is what Backfit wrote itself, with every coding undone."""
    status = _number(answer, "status")
    if status <= 0:  # browsers write 0 (Playwright -1) for a call that got no answer
        return None
    if status not in _STATUSES:
        raise MalformedEntry(f"status {answer['status']} is no status of HTTP")
    headers = _headers(answer)
    content = _part(answer, "content", {})
    if not content.get("text") and _number(content, "size") > 0:
        meta.setdefault(_NOTE, MISSING)
    body = _body(content, headers)
    if not ours and _is_base64(content):
        body = _plain(body, header(headers, "content-encoding") or "", meta)
    return Response(status=int(status), headers=headers, body=body, reason=_text(answer, "statusText", ""))


def _plain(body: bytes, coding: str, meta: dict[str, Any]) -> bytes:
    """The body with its coding undone. Most exporters have done that, though the header still names it: what is text, or is
    not whole in that coding, is as it should be, unless it begins as packed bodies do.
    """
    if not coding or _is_text(body):
        return body
    try:
        return unpacked(body, coding)
    except ValueError:
        if body.startswith(_PACKED_STARTS):
            meta.setdefault(_NOTE, PACKED)
        return body


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _posted(data: Mapping[str, Json], headers: Headers, meta: dict[str, Any]) -> bytes:
    fields = data.get("params") or []
    if data.get("text") or not fields:
        return _body(data, headers)
    if "multipart" in _text(data, "mimeType", ""):
        meta.setdefault(_NOTE, "the request body is not in the HAR, only its fields")
        return b""
    return urlencode(_pairs(fields, "postData.params"), errors="surrogatepass").encode()


def _body(content: Mapping[str, Json], headers: Headers) -> bytes:
    text = _text(content, "text", "")
    if _is_base64(content):
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise MalformedEntry(f"a body is not base64: {error}") from error
    media_type = header(headers, "content-type") or _text(content, "mimeType", "")
    return bytes_of(text, media_type)


def _is_base64(content: Mapping[str, Json]) -> bool:
    return "base64" in (content.get("encoding"), content.get("_encoding"))


def _headers(message: Mapping[str, Json]) -> Headers:
    return _pairs(message.get("headers"), "headers")


def _pairs(items: Json, name: str) -> Headers:
    return tuple((_text(item, "name"), _text(item, "value", "")) for item in _objects(items, name))


def _objects(items: Json, name: str) -> list[dict[str, Json]]:
    items = items or []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise MalformedEntry(f"{name} is not a list of objects")
    return items


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
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise MalformedEntry(f"{key} is out of range")
    return number
