from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from harness.redaction.har import entry
from tests.redaction.redactors import messages

SECRET = "hunter22-a1b2"


def whole(**parts: Any) -> dict[str, Any]:
    request = {"method": "GET", "url": "http://h/a", "headers": [], "queryString": [], "cookies": [], "_x": 1}
    response = {"status": 200, "headers": [], "content": {"size": 2, "mimeType": "application/json", "text": "{}"}}
    return {
        "startedDateTime": "2026-03-02T09:00:00Z",
        "request": request,
        "response": response,
        "_priority": "High",
        **parts,
    }


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("request", "url", f"http://h/a?token={SECRET}"),
        ("request", "headers", [{"name": "Cookie", "value": f"sid={SECRET}"}]),
        ("request", "headers", [{"name": "authorization", "value": f"Bearer {SECRET}", "comment": "x"}]),
        ("request", "queryString", [{"name": "token", "value": SECRET}]),
        ("request", "cookies", [{"name": "sid", "value": SECRET, "path": "/"}]),
        (
            "request",
            "postData",
            {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "password", "value": SECRET}]},
        ),
        (
            "request",
            "postData",
            {"mimeType": "application/json; charset=utf-16", "text": json.dumps({"password": SECRET})},
        ),
        ("response", "content", {"mimeType": "application/json", "text": json.dumps({"password": SECRET})}),
        ("response", "content", {"mimeType": "text/html", "text": f'<input name="password" value="{SECRET}">'}),
        ("response", "redirectURL", f"/in?token={SECRET}"),
    ],
)
def test__entry__a_secret_anywhere__is_hidden_and_the_rest_stays(part: str, field: str, value: Any) -> None:
    given = whole()
    given[part][field] = value
    redacted = entry(given, messages())
    assert SECRET not in json.dumps(redacted)
    assert len(json.dumps(redacted)) == len(json.dumps(given))
    redacted[part][field] = value
    assert redacted == given


def test__entry__a_body_in_base64__is_looked_into() -> None:
    given = whole()
    body = json.dumps({"password": SECRET}).encode()
    given["response"]["content"] = {
        "mimeType": "application/json",
        "encoding": "base64",
        "text": base64.b64encode(body).decode(),
    }
    text = entry(given, messages())["response"]["content"]["text"]
    assert set(json.loads(base64.b64decode(text))) == {"password"}
    assert SECRET.encode() not in base64.b64decode(text)


def test__entry__messages_as_chromium_writes_them__are_redacted() -> None:
    given = whole(
        _webSocketMessages=[{"type": "send", "time": 1.5, "opcode": 1, "data": json.dumps({"token": SECRET})}]
    )
    assert SECRET not in json.dumps(entry(given, messages()))


@pytest.mark.parametrize("value", [whole(), [1, 2], "text", None, {"request": 1, "response": []}])
def test__entry__without_secrets__is_the_very_same(value: Any) -> None:
    assert entry(value, messages()) == value
