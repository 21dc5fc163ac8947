from __future__ import annotations

import pytest

from harness.model.exchange import Exchange, Request, Response
from harness.record.destination import destination, destination_of


@pytest.mark.parametrize(
    ("sent", "answered", "wanted"),
    [
        ({"Sec-Fetch-Dest": "document", "Accept": "application/json"}, "application/json", "document"),
        ({"Sec-Fetch-Dest": "empty"}, "text/html", "empty"),
        ({"Sec-Fetch-Dest": "Script"}, "text/javascript", "script"),
        ({"Upgrade": "WebSocket", "Sec-Fetch-Dest": "empty"}, "", "websocket"),
        ({"Accept": "text/html,application/xhtml+xml"}, "text/html", "document"),
        ({"Accept": "text/html, */*", "X-Requested-With": "XMLHttpRequest"}, "text/html", "empty"),
        ({"Accept": "image/avif,image/webp,*/*"}, "image/png", "image"),
        ({"Accept": "*/*"}, "text/javascript; charset=utf-8", "script"),
        ({"Accept": "*/*"}, "application/json", "empty"),
        ({}, "text/html", "empty"),
        ({}, None, "empty"),
    ],
)
def test__destination__of_a_request__is_what_the_browser_wanted(
    sent: dict[str, str], answered: str | None, wanted: str
) -> None:
    response = None if answered is None else Response(200, (("content-type", answered),))
    assert destination(Request("GET", "http://a/", tuple(sent.items())), response) == wanted


def test__destination_of__an_exchange__believes_what_the_recorder_noted() -> None:
    exchange = Exchange(Request("GET", "http://a/"), None, meta={"dest": "image"})
    assert destination_of(exchange) == "image"
