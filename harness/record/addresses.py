"""Which address a client asked: a request line may hold it whole, as proxies get it, or the Host header names it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_LINE = re.compile(rb"(?P<method>[!#$%&'*+.^_`|~0-9A-Za-z-]+) (?P<target>[^ \r\n]+) HTTP/\d\.\d\r?\n")
_HOST = re.compile(rb"(?im)^host:[ \t]*(?P<host>[^\s]+)")


def split_target(raw: str) -> tuple[str | None, str]:
    """Of a request line's target, the origin (`scheme://host:port`) where a whole URL stands there, and the path and query."""
    scheme, found, rest = raw.partition("://")
    if raw.startswith("/") or not found:
        return None, raw if raw.startswith("/") else "/"
    at = next((at for at, character in enumerate(rest) if character in "/?#"), len(rest))
    return f"{scheme}://{rest[:at]}", rest[at:] if rest[at:].startswith("/") else f"/{rest[at:]}"


def asked_origin(origin: str | None, host: str | None, own: str) -> str:
    """`origin`, else that of a Host header, if it is one that URLs can be made with; else `own`."""
    asked = origin or f"http://{host}"
    try:
        parts = urlsplit(asked)
        return asked if (origin or host) and parts.hostname and parts.port != 0 else own
    except ValueError:
        return own


def begun_call(begun: bytes, own: str) -> tuple[str, str, str] | None:
    """Method, origin and target of a request that cannot be read as HTTP, from its first bytes; None where they say nothing."""
    line, host = _LINE.match(begun), _HOST.search(begun)
    if line is None:
        return None
    origin, target = split_target(line["target"].decode("latin-1"))
    return line["method"].decode(), asked_origin(origin, host["host"].decode("latin-1") if host else None, own), target
