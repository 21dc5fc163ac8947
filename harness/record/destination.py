"""What a browser wanted an answer for: a page, one of its assets, or a call that a script made."""

from __future__ import annotations

from harness.model.exchange import Exchange, Request, Response, header

CALL = "empty"
"""The Fetch standard's word for `fetch` and XMLHttpRequest, and ours for every client that is not a browser."""

WEBSOCKET = "websocket"
_ACCEPTED = {"text/html": "document", "text/css": "style", "image/": "image", "font/": "font", "video/": "video"}
_ANSWERED = {"text/javascript": "script", "application/javascript": "script", "text/css": "style", "image/": "image"}


def destination(request: Request, response: Response | None) -> str:
    """The request's destination as the Fetch standard names it (`document`, `script`, `style`, `image`, `empty` …).

    Browsers say it in Sec-Fetch-Dest, but only to trustworthy hosts; else Accept and the answer's type tell.
    """
    if (header(request.headers, "upgrade") or "").lower() == "websocket":
        return WEBSOCKET
    said = header(request.headers, "sec-fetch-dest")
    if said or header(request.headers, "x-requested-with"):
        return (said or CALL).lower()
    accept = header(request.headers, "accept") or ""
    return _first(_ACCEPTED, accept) or (_first(_ANSWERED, response.content_type) if response else None) or CALL


def destination_of(exchange: Exchange) -> str:
    """What the recorder noted, else what the exchange itself tells."""
    noted = exchange.meta.get("dest")
    return noted if isinstance(noted, str) else destination(exchange.request, exchange.response)


def _first(known: dict[str, str], text: str) -> str | None:
    lowered = text.strip().lower()
    return next((name for prefix, name in known.items() if lowered.startswith(prefix)), None)
