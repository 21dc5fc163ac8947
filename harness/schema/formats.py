"""The string formats that a summary looks for. A set of formats is a bit mask, so that merging two sets is one `&`.

Names are JSON Schema's where it has one, else the OpenAPI format registry's (http-date), else plain words (hex).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_DATE = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:\.[0-9]+)?)?"
_ZONE = r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
_HEX = "[0-9a-fA-F]"

# The most telling first: a view names the first that every sample fits. The length and the mixture that hex and base64
# ask for keep plain words ("facade", "application") out.
_PATTERNS = {
    "date-time": rf"{_DATE}[Tt ]{_TIME}{_ZONE}",
    "date-time-local": rf"{_DATE}[Tt ]{_TIME}",
    "date": _DATE,
    "http-date": r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-3][0-9] "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} [0-2][0-9]:[0-5][0-9]:[0-6][0-9] GMT",
    "uuid": rf"{_HEX}{{8}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}}",
    "email": r"[!#-'*+/-9=?A-Z^-~-]+(?:\.[!#-'*+/-9=?A-Z^-~-]+)*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}",
    "uri": r"[A-Za-z][A-Za-z0-9+.-]*://[!#-;=?-\[\]_a-z~]+",
    "hex": r"(?=[^a-fA-F]*[a-fA-F])(?=[^0-9]*[0-9])(?:[0-9a-f]{8,}|[0-9A-F]{8,})",
    "base64": r"(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])(?=[^0-9+/=]*[0-9+/=])"
    r"(?=.{16})(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
}

_TESTS = tuple((1 << bit, re.compile(pattern).fullmatch) for bit, pattern in enumerate(_PATTERNS.values()))

EVERY_FORMAT = (1 << len(_TESTS)) - 1
"""The mask to start from: no string has ruled any format out yet."""


def fitting(candidates: int, texts: Collection[str]) -> int:
    """Those formats of the mask `candidates` that each of `texts` fits."""
    for bit, fits in _TESTS:
        if candidates & bit and not all(map(fits, texts)):
            candidates ^= bit
    return candidates


def names(mask: int) -> list[str]:
    """The formats in a mask, the most telling first."""
    return [name for (bit, _), name in zip(_TESTS, _PATTERNS, strict=True) if mask & bit]


def mask_of(chosen: Iterable[str]) -> int:
    """The mask with these formats. Raises KeyError on a name that is none."""
    bits = {name: bit for (bit, _), name in zip(_TESTS, _PATTERNS, strict=True)}
    return sum(bits[name] for name in set(chosen))
