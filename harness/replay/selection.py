"""What of a recording is sent again: calls, and forms that pages post; the rest is left out for a stated reason."""

from __future__ import annotations

from harness.model.exchange import Exchange
from harness.record.destination import WEBSOCKET, destination_of
from harness.record.host_api import is_host_call

_PAGE = frozenset({"document", "iframe", "frame", "embed", "object"})
_ASSET = frozenset(
    {"script", "style", "image", "font", "audio", "video", "track", "manifest", "xslt", "report"}
    | {"worker", "sharedworker", "serviceworker"}
)


UNSAFE = "may change the system (say --unsafe to send it)"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def is_safe(exchange: Exchange) -> bool:
    """Whether the call cannot have changed the system (RFC 9110, 9.2.1).

    What a page's own API does to the system, it does by calls over HTTP, which are recorded themselves.
    """
    return exchange.request.method in _SAFE_METHODS or is_host_call(exchange)


def reason_to_skip(exchange: Exchange) -> str | None:
    """Why `exchange` is not replayed, or None where it is.

    A form that a page posts is no call of a script, but it changes the system that later calls ask: it is sent, and so is
    what else of the system's own page may change it.
    """
    if exchange.meta.get("by") == "system" and is_safe(exchange):
        return "made by the system's own page"
    if exchange.meta.get("elsewhere"):
        return "to another host than the system's"
    if exchange.meta.get("incomplete"):
        return "its body is not whole in the recording"
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
