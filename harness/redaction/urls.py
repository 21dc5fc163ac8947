"""URLs and what is written like their queries: user and password, segments of the path, parameters, the fragment."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote_plus

from harness.redaction.credentials import userinfo
from harness.redaction.hiding import Hiding
from harness.redaction.percent import within

_URL = re.compile(
    r"((?:[A-Za-z][A-Za-z0-9+.-]*)?://)?(?:([^/?#@]*)@)?([^/?#]*)([^?#]*)(?:(\?)([^#]*))?(?:(#)(.*))?", re.DOTALL
)
_SLASH_OR_SEMICOLON = re.compile(r"([/;])")

Named = Callable[[str, str], str]
"""A name and a value to the value, redacted."""

Text = Callable[[str], str]


class Urls:
    """Redacts URLs. `named` redacts a parameter's value, `text` a path."""

    def __init__(self, hiding: Hiding, named: Named, text: Text) -> None:
        self._hiding, self._named, self._text = hiding, named, text

    def redact(self, url: str) -> str:
        """An absolute URL, one less its scheme (`://host/…`), or a path with a query, without secrets."""
        relative = url.startswith(("/", "?", "#"))
        found = _URL.fullmatch(url)
        if found is None or not (found[1] or relative):
            return self._text(url)
        scheme, user, host, path, mark, query, hash_, fragment = (part or "" for part in found.groups())
        user = user and f"{userinfo(user, self._hiding, 'in a URL, before the host')}@"
        behind = self.pairs(fragment) if "=" in fragment else self._text(fragment)
        return f"{scheme}{user}{host}{self._path(path)}{mark}{self.pairs(query)}{hash_}{behind}"

    def pairs(self, text: str) -> str:
        """`a=1&b=2`, the query of a URL or the body of a form, with each value redacted in its encoding."""
        return "".join(part if part in ("&", ";") else self._pair(part) for part in re.split("([&;])", text))

    def _pair(self, pair: str) -> str:
        name, equals, value = pair.partition("=")
        if not equals:
            return within(pair, self._text)
        return (
            f"{within(name, self._text)}{equals}{within(value, lambda plain: self._named(unquote_plus(name), plain))}"
        )

    def _path(self, path: str) -> str:
        """Segments in their encoding, each after the one before it, which may say what it is."""
        if "%" not in path:
            return self._text(path)
        decoded = [within(part, self._text) for part in _SLASH_OR_SEMICOLON.split(path)]
        return self._text("".join(decoded))
