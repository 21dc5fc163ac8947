"""An entry of a HAR as it stands in a file: all that browsers and proxies write into one, known to Backfit or not."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from harness.model.json_text import Json
from harness.redaction.credentials import cookies
from harness.redaction.messages import Messages


def entry(value: Json, messages: Messages) -> Json:
    """An item of log.entries without secrets; the very same object where there was none."""
    if not isinstance(value, dict):
        return messages.json(value)
    made = {key: _part(key, item, messages) for key, item in value.items()}
    return made if any(made[key] is not value[key] for key in value) else value


def _part(key: str, item: Json, messages: Messages) -> Json:
    if key not in ("request", "response") or not isinstance(item, dict):
        return messages.json(item, key)
    made = {name: _field(name, each, messages) for name, each in item.items()}
    return made if made != item else item


def _field(name: str, item: Json, messages: Messages) -> Json:
    redact = _FIELDS.get(name)
    return messages.json(item, name) if redact is None else redact(item, messages)


def _url(item: Json, messages: Messages) -> Json:
    return messages.url(item) if isinstance(item, str) else messages.json(item)


def _headers(item: Json, messages: Messages) -> Json:
    return _pairs(item, messages, messages.header)


def _cookies(item: Json, messages: Messages) -> Json:
    return _pairs(
        item, messages, lambda own, value: cookies(f"{own}={value}", messages.hiding, "cookie")[len(own) + 1 :]
    )


def _pairs(items: Json, messages: Messages, redact: Callable[[str, str], str]) -> Json:
    if not isinstance(items, list):
        return messages.json(items)
    return [_pair(item, redact) if _is_pair(item) else messages.json(item) for item in items]


def _is_pair(item: Json) -> bool:
    return isinstance(item, dict) and isinstance(item.get("name"), str) and isinstance(item.get("value"), str)


def _pair(item: dict[str, Any], redact: Callable[[str, str], str]) -> Json:
    return {**item, "value": redact(item["name"], item["value"])}


def _body(item: Json, messages: Messages) -> Json:
    """`content` and `postData`: the text in the form that its type names, base64 undone."""
    if not isinstance(item, dict):
        return messages.json(item)
    rest = {key: each if key in ("text", "mimeType") else messages.json(each, key) for key, each in item.items()}
    text, media_type = item.get("text"), item.get("mimeType")
    if not isinstance(text, str) or not text:
        return rest
    kind = media_type if isinstance(media_type, str) else ""
    if "base64" in (item.get("encoding"), item.get("_encoding")):
        return {**rest, "text": _in_base64(text, kind, messages)}
    redacted = messages.body(text.encode("utf-8", "surrogatepass"), _without_charset(kind))
    return {**rest, "text": redacted.decode("utf-8", "surrogatepass")}


def _in_base64(text: str, kind: str, messages: Messages) -> str:
    try:
        body = base64.b64decode(text, validate=True)
    except ValueError:  # what is no base64 is a text like others
        return messages.text(text)
    redacted = messages.body(body, kind)
    return text if redacted == body else base64.b64encode(redacted).decode()


def _without_charset(media_type: str) -> str:
    """A HAR's text is decoded, whatever the type says."""
    return ";".join(part for part in media_type.split(";") if "charset" not in part.lower())


_FIELDS: dict[str, Callable[[Json, Messages], Json]] = {
    "url": _url,
    "redirectURL": _url,
    "headers": _headers,
    "cookies": _cookies,
    "content": _body,
    "postData": _body,
}
