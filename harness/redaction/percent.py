"""Percent-encoding (RFC 3986, 2.1): looked into, and put back as it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, unquote, unquote_plus

_CODE = re.compile(r"%[0-9A-Fa-f]{2}")
_MAY_STAND = "!$'()*,:;@/~._-"
"""What some encode and some do not: it stays as `raw` has it."""


def is_encoded(text: str) -> bool:
    """Whether anything in a text is percent-encoded."""
    return _CODE.search(text) is not None


def within(raw: str, redact: Callable[[str], str]) -> str:
    """`raw` redacted in its plain form, and encoded again where anything changed. A + is a space, where there is one."""
    plain = unquote_plus(raw) if "+" in raw else unquote(raw)
    redacted = redact(plain)
    if redacted == plain:
        return raw
    safe = "".join(each for each in _MAY_STAND if each in raw) + ("" if "%25" in raw else "%")
    made = quote(redacted, safe=safe, errors="surrogatepass")
    return made.replace("%20", "+") if "+" in raw else made
