"""What a value looks like: too plain to be a secret even where its name says so, or random enough where nothing does."""

from __future__ import annotations

import base64
import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from math import log2

_PLAIN = re.compile(
    r"|true|false|null|none|nil|undefined|nan|yes|no|on|off|ok|required|optional|string|text|hidden|bearer|basic|digest|negotiate|oauth2?|jwt"
    r"|\[?(?:redacted|filtered|masked|removed)\]?|(.)\1*|\{\{.*\}\}|\$\{.*\}|<[^<>]*>|%[sd(].*|\$[A-Z_]+",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(
    r"(?:(?:enter|your|new|confirm|forgot|change|reset|old|current|repeat|the|api|access|secret|an?|is|invalid|wrong|missing"
    r"|user|e-?mail|and|or|please|type|show|hide|set) )*"
    r"(?:passwords?|passphrase|tokens?|secrets?|keys?|sessions?|credentials|pin|code|csrf|authorization)[.!?:…]*",
    re.IGNORECASE,
)
"""The text beside a field, not in it: `Forgot your password?`."""

_ORDINARY = re.compile(
    r"[a-z]{1,12}|[a-z]{2}[-_][A-Z]{2}|[A-Z]{1,4}|-?[0-9]{1,5}(?:\.[0-9]{1,3})?|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]+Z?)?"
    r"|v?[0-9]+(?:\.[0-9]+){1,3}|[A-Z][a-z]+(?:[/_ -][A-Z][a-z]+)*"
)
_RUN = re.compile(r"[A-Za-z0-9_+/.~-]+={0,2}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_IN_ORDER = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_SHORTEST_SECRET, _SHORTEST_PART, _SHORTEST_GUESS = 16, 10, 24
_SHORTEST_GUESS_OF_ONE_CASE = 32
_APART = re.compile("[-_+./~]")
_PART_OF_A_NAME = re.compile("[A-Z]?[a-z]{3,}|[A-Z]{4,}")
DIGESTS = ("sha1-", "sha256-", "sha384-", "sha512-")
"""Subresource integrity, and npm's."""

_FEWEST_TURNS = 0.4
"""Of the steps from one character to the next, those from one class (A, a, 1) to another: 0.62 where all 62 are as likely,
less than 0.3 in names made of words."""

_FEWEST_TURNS_OF_LETTERS, _FEWEST_TURNS_IN_NO_WORD = 0.45, 0.35
_LEAST_ENTROPY, _LEAST_ENTROPY_OF_ONE_CASE, _LEAST_ENTROPY_OF_NAMED = 3.5, 4.0, 3.0
_FILES = (
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"%PDF",
    b"RIFF",
    b"wOF",
    b"\0asm",
    b"\0\1\0\0",
    b"\x28\xb5\x2f\xfd",
    b"BZh",
)
_PRINTABLE = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]*")


def is_plain(value: str) -> bool:
    """Whether a value says nothing, whatever its name says: `true`, `****`, `{{token}}`, a field's label."""
    return _PLAIN.fullmatch(value) is not None or _LABEL.fullmatch(value) is not None


def is_ordinary(value: str) -> bool:
    """Whether a cookie's value is a word, a language, a small number, a date: what cookies hold beside secrets."""
    return is_plain(value) or _ORDINARY.fullmatch(value) is not None


def looks_secret(value: str) -> bool:
    """Whether a value may be one where its name half says so: 16 characters or more, of which no words are made."""
    if len(value) < _SHORTEST_SECRET or not _RUN.fullmatch(value) or "://" in value:
        return False
    if _UUID.fullmatch(value) or (_HEX.fullmatch(value) and not value.isdecimal()):
        return True
    value = _telling_part(value)
    fewest = _FEWEST_TURNS / 2 if any(map(str.isdigit, value)) else _FEWEST_TURNS
    return len(value) >= _SHORTEST_PART and _turns(value) >= fewest and _entropy(value) >= _LEAST_ENTROPY_OF_NAMED


def is_no_word(value: str) -> bool:
    """Whether a value has digits in it, or capitals where words have none."""
    mixed = len(value) >= _SHORTEST_SECRET and _turns(value) >= _FEWEST_TURNS_IN_NO_WORD
    return mixed or any(map(str.isdigit, value)) or value.endswith("=")


@lru_cache(maxsize=8192)
def looks_random(value: str) -> bool:
    """Whether a value must be random, with nothing to say so: hexadecimal, UUIDs, names and versions never do."""
    value = _telling_part(value)
    if len(value) < _SHORTEST_GUESS or value[:12] in _IN_ORDER:
        return False
    kinds = Counter(map(_class, value))
    if (
        kinds["1"] < 2
        or kinds["-"] > len(value) / 8
        or _turns(value) < _FEWEST_TURNS
        or _entropy(value) < _LEAST_ENTROPY
    ):
        return False
    if min(kinds["A"], kinds["a"]) < 3:
        long = len(value) >= _SHORTEST_GUESS_OF_ONE_CASE and value.isalnum() and not _HEX.fullmatch(value)
        return long and kinds["1"] >= 4 and _entropy(value) >= _LEAST_ENTROPY_OF_ONE_CASE
    return True


def unpacked(value: str) -> str | None:
    """The text that a value is the base64 of (either alphabet, RFC 4648), None where it is of none."""
    if not _BASE64.fullmatch(value):
        return None
    try:
        text = base64.b64decode(
            value.rstrip("=") + "=" * (-len(value.rstrip("=")) % 4), altchars=_altchars(value)
        ).decode()
    except ValueError:
        return None
    return text if len(text) >= 8 and _PRINTABLE.fullmatch(text) else None


def is_binary(value: str) -> bool:
    """Whether a value is the base64 of a picture, an archive, a font or another file that says what it is."""
    try:
        return base64.b64decode(value[:16], altchars=_altchars(value)).startswith(_FILES)
    except ValueError:
        return False


def packed(text: str, like: str) -> str:
    """`text` in base64, in the alphabet and with the padding of `like`."""
    made = base64.b64encode(text.encode("utf-8", "surrogatepass"), altchars=_altchars(like)).decode()
    return made if like.endswith("=") or len(like) % 4 == 0 else made.rstrip("=")


def _altchars(value: str) -> bytes:
    return b"-_" if "-" in value or "_" in value else b"+/"


def _telling_part(value: str) -> str:
    """The longest part of what words are a part of, else all of it."""
    parts = _APART.split(value)
    return max(parts, key=len) if any(map(_PART_OF_A_NAME.fullmatch, parts)) else value


def _turns(value: str) -> float:
    classes = [_class(each) for each in value if each.isalnum()]
    return sum(one != next_ for one, next_ in pairwise(classes)) / max(1, len(classes) - 1)


def _class(character: str) -> str:
    return "A" if character.isupper() else "a" if character.islower() else "1" if character.isdigit() else "-"


def _entropy(value: str) -> float:
    """Bits a character (Shannon)."""
    return -sum(count / len(value) * log2(count / len(value)) for count in Counter(value).values())
