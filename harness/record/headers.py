"""Which headers belong to one connection (RFC 9110, 7.6.1) and so are neither passed on nor sent again."""

from __future__ import annotations

from harness.model.exchange import Headers, header

_HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)


def end_to_end(headers: Headers) -> Headers:
    """`headers` less those of the connection and those that its `Connection` header names; order and case kept."""
    named = {name.strip().lower() for name in (header(headers, "connection") or "").split(",")}
    return without(headers, _HOP_BY_HOP | named)


def without(headers: Headers, names: frozenset[str] | set[str]) -> Headers:
    """`headers` less those whose name, in lower case, is in `names`."""
    return tuple((name, value) for name, value in headers if name.lower() not in names)


def alike(headers: Headers) -> Headers:
    """`headers`, names that differ in letter case alone as the first: aiohttp's client would send only the last of them."""
    first: dict[str, str] = {}
    return tuple((first.setdefault(name.lower(), name), value) for name, value in headers)
