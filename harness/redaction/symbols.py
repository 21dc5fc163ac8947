"""What a text is made of, and other symbols in their place: letters stay letters, digits digits, hexadecimal hexadecimal.

The last symbols are a checksum of the others. Anyone can compute it, without the key: what was replaced once is known again,
on another machine too, and is not replaced a second time. A text with too few symbols for that gets a mask, the same for all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import shake_256
from math import log2

DIGITS = "1023456789"
"""The first symbol of an alphabet is the one that masks are made of."""

_FIRST_DIGITS = "123456789"
_LOWER, _UPPER = "xabcdefghijklmnopqrstuvwyz", "XABCDEFGHIJKLMNOPQRSTUVWYZ"
_HEX_LOWER, _HEX_UPPER = "fabcde", "FABCDE"
_TWO_BYTES = "éàáâãäåæçèêëìíîïðñòóôõöøùúûüýþ"
_THREE_BYTES = "".join(map(chr, range(0x4E00, 0x4E40)))
"""Letters that take as many bytes in UTF-8 as those that they stand for."""

_HEX = re.compile(r"(?=.*[0-9])(?:[0-9a-f\W]{8,}|[0-9A-F\W]{8,})")
_UUID = re.compile(r"[0a]{8}(?:-[0a]{4}){3}-[0a]{12}")
"""In the skeleton."""

_UUID_VERSION_AND_VARIANT = (14, 19)

_FEWEST_BITS = 18
_SHARE = 0.4
_LEAST_CHECK, _MOST_CHECK = 12, 40
"""Bits of the checksum: a text that nobody replaced passes for a pseudonym once in 4,096 times at worst, mostly never."""


def has_checksum(text: str) -> bool:
    """Whether a text of this form has room for one: others get a mask, and look alike."""
    return bool(_form_of(text).check)


def other(text: str, seed: bytes) -> str:
    """A text of the same form, made from `seed` alone, without a checksum."""
    form = _form_of(text)
    symbols = list(text)
    form.fill(symbols, sorted(form.places + form.check), seed)
    return "".join(symbols)


def replaced(text: str, seed: bytes) -> str:
    """A text of the same form, made from `seed` alone; a mask where that form has too few symbols."""
    form = _form_of(text)
    symbols = list(text)
    if not form.check:
        return form.mask(text)
    form.fill(symbols, form.places, seed)
    return form.checked(symbols)


def is_replaced(text: str) -> bool:
    """Whether `replaced` made the text, as far as its checksum can tell; true as well where nothing in it is replaceable."""
    form = _form_of(text)
    return (form.checked(list(text)) if form.check else form.mask(text)) == text


@dataclass(frozen=True)
class _Form:
    """The alphabet of each character ("" for what stays), where the symbols of the value stand, and those of the checksum."""

    alphabets: tuple[str, ...]
    places: tuple[int, ...]
    check: tuple[int, ...]

    def fill(self, symbols: list[str], places: Sequence[int], seed: bytes) -> None:
        digest = shake_256(seed).digest(2 * len(places))
        for at, place in enumerate(places):
            alphabet = self.alphabets[place]
            symbols[place] = alphabet[(digest[2 * at] << 8 | digest[2 * at + 1]) % len(alphabet)]

    def mask(self, text: str) -> str:
        return "".join(alphabet[:1] or character for alphabet, character in zip(self.alphabets, text, strict=True))

    def checked(self, symbols: list[str]) -> str:
        for place in self.check:
            symbols[place] = "\0"
        seed = _CHECKSUM + "".join(symbols).encode("utf-8", "surrogatepass")
        self.fill(symbols, self.check, seed)
        return "".join(symbols)


def _form_of(text: str) -> _Form:
    return _form(text.translate(_SKELETON), _HEX.fullmatch(text) is not None, text.startswith("0"))


@lru_cache(maxsize=4096)
def _form(skeleton: str, is_hex: bool, has_zero: bool) -> _Form:
    """For all texts that are alike: `skeleton` has one letter for all letters of a case, one digit for all digits."""
    alphabets = [_alphabet(character, is_hex) for character in skeleton]
    if set(skeleton) == {_DIGIT}:
        alphabets[0] = "" if has_zero else _FIRST_DIGITS
    if is_hex and _UUID.fullmatch(skeleton.lower()):
        for place in _UUID_VERSION_AND_VARIANT:
            alphabets[place] = ""
    if skeleton.endswith("="):  # the bits before it are zero
        end = len(skeleton.rstrip("=")) - 1
        alphabets[max(0, end) :] = [""] * (len(skeleton) - max(0, end))
    places = [at for at, alphabet in enumerate(alphabets) if alphabet]
    weights = [log2(len(alphabets[at])) for at in places]
    room = sum(weights)
    wanted = min(max(room * _SHARE, _LEAST_CHECK), _MOST_CHECK) if room >= _FEWEST_BITS else 0
    check = []
    while wanted > 0:
        check.append(places.pop())
        wanted -= weights.pop()
    return _Form(tuple(alphabets), tuple(places), tuple(check))


def _alphabet(character: str, is_hex: bool) -> str:
    if character in _ALPHABETS:
        return _ALPHABETS[character][is_hex]
    if not character.isalpha():
        return ""
    return {2: _TWO_BYTES, 3: _THREE_BYTES}.get(len(character.encode("utf-8", "surrogatepass")), "")


_DIGIT = "0"
_ALPHABETS = {_DIGIT: (DIGITS, DIGITS), "a": (_LOWER, _HEX_LOWER), "A": (_UPPER, _HEX_UPPER)}
_SKELETON = str.maketrans({each: kind for kind, (alphabet, _) in _ALPHABETS.items() for each in alphabet})
_CHECKSUM = b"backfit pseudonym"
