"""The secrets that were met, to be found again wherever else they stand: in a path, a log line, another value."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from urllib.parse import quote, quote_plus

from harness.model.json_text import serialize
from harness.redaction.looks import is_ordinary
from harness.redaction.symbols import has_checksum

_WORD = re.compile(r"[A-Za-z0-9]{4,}")
_CUT = re.compile(r"[A-Za-z0-9_.~+/-]{8,}(?=…)")
_SPECIAL = re.compile(r"[^A-Za-z0-9_.~-]")
_SHORTEST, _SHORTEST_OF_LETTERS, _SHORTEST_OF_ONE_CASE = 6, 12, 16
_SHORTEST_OF_DIGITS, _SHORTEST_OF_DIGITS_APART = 12, 7
"""What is shorter stands in other texts by chance: `admin` was somebody's password."""


class Memory:
    """Maps secrets to their pseudonyms, and replaces them in texts."""

    def __init__(self) -> None:
        self._pseudonyms: dict[str, str] = {}
        self._by_word: dict[str, list[str]] = {}
        self._wordless: list[str] = []

    def remember(self, secret: str, pseudonym: str) -> None:
        """From now on `secret` is replaced; nothing happens where it may stand in other texts by chance."""
        if secret in self._pseudonyms or not is_telling(secret):
            return
        for write in _WAYS if _SPECIAL.search(secret) else (str,):
            self._keep(write(secret), write(pseudonym))

    def replaced(self, text: str) -> str:
        """`text` with a pseudonym for each secret that stands in it whole: not as a part of a longer word."""
        found = [secret for secret in self._wordless if secret in text]
        if self._by_word:
            for word in self._by_word.keys() & set(_WORD.findall(text)):
                found += [secret for secret in self._by_word[word] if secret in text]
        for secret in sorted(found, key=len, reverse=True):
            text = self._pseudonyms[secret].join(_whole(secret).split(text))
        return _CUT.sub(self._beginning, text) if "…" in text else text

    def _beginning(self, found: re.Match[str]) -> str:
        """What a secret begins with that was cut off, in a headline say."""
        pseudonym = next((made for secret, made in self._pseudonyms.items() if secret.startswith(found[0])), None)
        return found[0] if pseudonym is None else pseudonym[: len(found[0])]

    def _keep(self, secret: str, pseudonym: str) -> None:
        if secret in self._pseudonyms:
            return
        self._pseudonyms[secret] = pseudonym
        words = _WORD.findall(secret)
        if words:
            self._by_word.setdefault(max(words, key=len), []).append(secret)
        else:
            self._wordless.append(secret)


def is_telling(secret: str) -> bool:
    """Whether a text is its owner's alone, so that it means the same wherever it stands."""
    if len(secret) < _SHORTEST or is_ordinary(secret) or not has_checksum(secret):
        return False
    if secret.isalpha():
        one_case = secret.islower() or secret.isupper() or secret.istitle()
        return len(secret) >= (_SHORTEST_OF_ONE_CASE if one_case else _SHORTEST_OF_LETTERS)
    if not any(map(str.isalpha, secret)):
        digits = sum(map(str.isdecimal, secret))
        return digits >= (_SHORTEST_OF_DIGITS if secret.isdecimal() else _SHORTEST_OF_DIGITS_APART)
    return True


@lru_cache(maxsize=4096)
def _whole(secret: str) -> re.Pattern[str]:
    before = r"(?<![A-Za-z0-9])" if secret[0].isalnum() else ""
    behind = r"(?![A-Za-z0-9])" if secret[-1].isalnum() else ""
    return re.compile(before + re.escape(secret) + behind)


def _in_json(text: str) -> str:
    return serialize(text).decode()[1:-1]


def _twice_in_json(text: str) -> str:
    return _in_json(_in_json(text))


def _percent(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")


def _path(text: str) -> str:
    return quote(text, errors="surrogatepass")


def _plus(text: str) -> str:
    return quote_plus(text, errors="surrogatepass")


_WAYS = (str, _percent, _path, _plus, _in_json, _twice_in_json, html.escape)
"""How a text may be written in others."""
