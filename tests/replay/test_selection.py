from __future__ import annotations

import pytest

from harness.model.exchange import Exchange, Request, Response
from harness.replay.selection import is_safe, reason_to_skip

ASSET = "document or asset of the page (not an API call)"
JSON = Response(200, (("Content-Type", "application/json"),))


@pytest.mark.parametrize(
    ("method", "dest", "response", "reason"),
    [
        ("GET", "empty", JSON, None),
        ("GET", "document", JSON, ASSET),
        ("GET", "iframe", JSON, ASSET),
        ("POST", "document", JSON, None),
        ("GET", "script", JSON, ASSET),
        ("GET", "style", JSON, ASSET),
        ("GET", "image", None, ASSET),
        ("GET", "font", JSON, ASSET),
        ("GET", "websocket", JSON, "WebSocket"),
        ("GET", "empty", None, "no response was recorded"),
        ("GET", "empty", Response(200, (("Content-Type", "text/event-stream"),)), "event stream (it has no end)"),
        ("GET", "empty", Response(404, (("Content-Type", "text/html"),)), None),
    ],
)
def test__reason_to_skip__of_an_exchange__is_given_for_all_but_calls(
    method: str, dest: str, response: Response | None, reason: str | None
) -> None:
    exchange = Exchange(Request(method, "http://a/"), response, meta={"dest": dest})
    assert reason_to_skip(exchange) == reason


@pytest.mark.parametrize(
    ("method", "meta", "reason"),
    [
        ("GET", {"by": "system"}, "made by the system's own page"),
        ("POST", {"by": "system"}, None),
        ("GET", {"by": "plugin"}, None),
        ("GET", {"elsewhere": "https://cdn.example"}, "to another host than the system's"),
        ("POST", {"incomplete": True}, "its body is not whole in the recording"),
    ],
)
def test__reason_to_skip__what_the_recorder_noted__decides(
    method: str, meta: dict[str, object], reason: str | None
) -> None:
    assert reason_to_skip(Exchange(Request(method, "http://a/"), JSON, meta={"dest": "empty", **meta})) == reason


def test__is_safe__a_call_of_the_pages_own_api__is_what_its_own_requests_are() -> None:
    assert is_safe(Exchange(Request("CALL", "host-api://page/System/getUser"), JSON))


@pytest.mark.parametrize(
    ("method", "safe"), [("GET", True), ("HEAD", True), ("POST", False), ("CALL", False), ("get", False)]
)
def test__is_safe__a_method__is_as_rfc_9110_says(method: str, safe: bool) -> None:
    assert is_safe(Exchange(Request(method, "http://a/"), JSON)) is safe
