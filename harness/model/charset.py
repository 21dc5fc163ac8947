"""Which charset a Content-Type names: it stands between the bytes of a body and its text."""

from __future__ import annotations

import re

_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([\w.:+-]+)", re.IGNORECASE | re.ASCII)
"""RFC 9110, 5.6.6 and 8.3.2, and no more than that: a header from a stranger must not reach a parser of mails."""

_NO_CHARSETS = frozenset({"idna", "punycode"})
"""Python has them as charsets; they are for domain names, and take time by the square of the length."""


def charset_of(content_type: str) -> str:
    """The charset that a Content-Type names, in lower case; utf-8 where it names none. Python may not know it."""
    named = _CHARSET.search(content_type)
    charset = named[1].lower() if named else "utf-8"
    return "utf-8" if charset in _NO_CHARSETS else charset
