"""The cookies of one replay: what this server has set stands in for what the recorded one had set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from harness.model.exchange import Headers


class CookieJar:
    """Cookies by name, as one server on one host sets them."""

    def __init__(self) -> None:
        self._set: dict[str, tuple[str, str]] = {}
        self._deleted: set[str] = set()

    def take(self, headers: Headers) -> None:
        """Remember what the Set-Cookie headers of an answer say."""
        for name, value in headers:
            if name.lower() == "set-cookie":
                self._take(value)

    def header(self, recorded: str, path: str) -> str:
        """The Cookie header to send to `path` where the recorded one was `recorded`; `""` for none.

        A name that this server set or deleted follows this server, the others stay as recorded, and what this server
        alone has set is added: after an upgrade the session may have another name.
        """
        pairs = dict(_pairs(recorded))
        ours = {name: value for name, (value, scope) in self._set.items() if name in pairs or path.startswith(scope)}
        merged = {**pairs, **ours}
        return "; ".join(f"{name}={value}" for name, value in merged.items() if name not in self._deleted)

    def _take(self, text: str) -> None:
        pair, *attributes = text.split(";")
        name, _, value = (part.strip() for part in pair.partition("="))
        said = {key.strip().lower(): setting.strip() for key, _, setting in (a.partition("=") for a in attributes)}
        if _is_over(said):
            self._set.pop(name, None)
            self._deleted.add(name)
        else:
            self._set[name] = (value, said.get("path") or "/")
            self._deleted.discard(name)


def _pairs(cookie: str) -> Iterator[tuple[str, str]]:
    for pair in cookie.split(";"):
        name, _, value = pair.strip().partition("=")
        if name:
            yield name, value


def _is_over(said: dict[str, str]) -> bool:
    """Whether the attributes delete the cookie (RFC 6265, 5.3: Max-Age goes before Expires)."""
    if "max-age" in said:
        return said["max-age"].startswith(("-", "0"))
    try:
        expires = parsedate_to_datetime(said.get("expires", ""))
    except ValueError:
        return False
    return expires.replace(tzinfo=expires.tzinfo or UTC) <= datetime.now(UTC)
