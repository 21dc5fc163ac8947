"""One exchange to an entry of a HAR: every field that HAR 1.2 demands, so that any viewer opens it."""

from __future__ import annotations

import base64

from harness.model.exchange import Exchange, Headers, Request, Response, header
from harness.model.json_text import Json
from harness.record.body_text import text_of
from harness.record.har_reading import MESSAGES, SOCKET


def written_entry(exchange: Exchange) -> dict[str, Json]:
    """The item of log.entries for `exchange`: HAR 1.2, with `_backfit` holding the id and the meta.

    What a WebSocket said, `meta["messages"]`, stands in `_webSocketMessages`, as Chromium writes it.
    """
    milliseconds = exchange.elapsed * 1000
    ours = dict(exchange.meta) if exchange.id is None else {"id": exchange.id, **exchange.meta}
    messages = {SOCKET: ours.pop(MESSAGES)} if MESSAGES in ours else {}
    return {
        "startedDateTime": exchange.started,
        "time": milliseconds,
        "request": _request(exchange.request),
        "response": _response(exchange.response, exchange.error),
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        **messages,
        "_backfit": ours,
    }


def _request(request: Request) -> dict[str, Json]:
    posted = {"postData": _body(request.body, request.headers, "_encoding")} if request.body else {}
    return {
        "method": request.method,
        "url": request.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(request.headers),
        "queryString": _pairs(request.query),
        **posted,
        "headersSize": -1,
        "bodySize": len(request.body),
    }


def _response(response: Response | None, error: str | None) -> dict[str, Json]:
    answer = response or Response(status=0)
    return {
        "status": answer.status,
        "statusText": answer.reason,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(answer.headers),
        "content": {"size": len(answer.body), **_body(answer.body, answer.headers, "encoding")},
        "redirectURL": header(answer.headers, "location") or "",
        "headersSize": -1,
        "bodySize": -1,
        **({"_error": error} if error else {}),
    }


def _body(body: bytes, headers: Headers, encoding: str) -> dict[str, Json]:
    """`encoding` is the key that says base64: HAR 1.2 has one for responses only, ours for requests starts with _."""
    media_type = header(headers, "content-type") or ""
    text = text_of(body, media_type)
    if text is not None:
        return {"mimeType": media_type, "text": text}
    return {"mimeType": media_type, "text": base64.b64encode(body).decode(), encoding: "base64"}


def _pairs(pairs: Headers) -> list[Json]:
    return [{"name": name, "value": value} for name, value in pairs]
