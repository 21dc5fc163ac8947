"""Redirects where the recorded server had answered: followed as a client does (RFC 9110, 15.4, and the Fetch standard)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from harness.model.exchange import Exchange, Request, Response, header

FOLLOWED = "redirected"
"""The key in an exchange's meta under which stand the addresses to which a call was sent on, e.g. `["301 /v2/posts"]`."""

_MOST = 5
_SAME_METHOD = frozenset({307, 308})
_STATUSES = frozenset({301, 302, 303}) | _SAME_METHOD
_OF_A_BODY = ("content-type", "content-length", "content-encoding")


def followed(answered: Exchange, recorded: Response | None, send: Callable[[Exchange], Exchange]) -> Exchange:
    """`answered`, or what stands where its answer leads, as far as that is the same host.

    A redirect that was recorded as one stays: its next call is recorded too. The exchange keeps its request; its meta tells
    where it went.
    """
    if recorded is not None and recorded.status in _STATUSES:
        return answered
    went: list[str] = []
    last = answered
    while len(went) < _MOST and (onward := _onward(last.request, last.response)) is not None:
        assert last.response is not None
        went.append(f"{last.response.status} {onward.path}")
        last = send(replace(last, request=onward))
    if not went:
        return answered
    return replace(last, request=answered.request, meta={**answered.meta, FOLLOWED: went})


def _onward(request: Request, response: Response | None) -> Request | None:
    """The request that a client makes next; None where it makes none."""
    if response is None or response.status not in _STATUSES:
        return None
    location = header(response.headers, "location")
    if not location:
        return None
    try:
        url = urljoin(request.url, location)
        elsewhere = urlsplit(url)[:2] != urlsplit(request.url)[:2]
    except ValueError:
        return None
    if elsewhere:
        return None
    if request.method in ("GET", "HEAD") or response.status in _SAME_METHOD:
        return replace(request, url=url)
    headers = tuple(pair for pair in request.headers if pair[0].lower() not in _OF_A_BODY)
    return Request("GET", url, headers)
