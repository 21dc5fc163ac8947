"""What of a recording is sent again: calls, and forms that pages post; the rest is left out for a stated reason."""

from __future__ import annotations

from harness.model.exchange import Exchange
from harness.record.destination import WEBSOCKET, destination_of

_PAGE = frozenset({"document", "iframe", "frame", "embed", "object"})
_ASSET = frozenset(
    {"script", "style", "image", "font", "audio", "video", "track", "manifest", "xslt", "report"}
    | {"worker", "sharedworker", "serviceworker"}
)


def reason_to_skip(exchange: Exchange) -> str | None:
    """Why `exchange` is not replayed, or None where it is.

    A form that a page posts is no call of a script, but it changes the system that later calls ask: it is sent.
    """
    wanted = destination_of(exchange)
    if wanted == WEBSOCKET:
        return "WebSocket"
    if wanted in _ASSET or (wanted in _PAGE and exchange.request.method in ("GET", "HEAD")):
        return "document or asset of the page (not an API call)"
    if exchange.response is None:
        return "no response was recorded"
    if exchange.response.content_type == "text/event-stream":
        return "event stream (it has no end)"
    return None
