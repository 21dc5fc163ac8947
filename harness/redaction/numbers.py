"""Card and account numbers: digits that check themselves, so that few other numbers are taken for them."""

from __future__ import annotations

import re

_CARD = re.compile(
    r"4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})|5[0-8][0-9]{14}|2[2-7][0-9]{14}|3[47][0-9]{13}|35[0-9]{14}|3[068][0-9]{12}|6[0-9]{15}|62[0-9]{17}"
)
"""How the big issuers' cards begin, and how long they are (ISO/IEC 7812)."""

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_APART = re.compile(r"[ -]")


def is_card(text: str) -> bool:
    """Whether a text is a card's number, plain or in groups."""
    digits = _APART.sub("", text)
    return _CARD.fullmatch(digits) is not None and luhn(digits[:-1]) == digits[-1]


def luhn(digits: str) -> str:
    """The check digit that follows `digits` (ISO/IEC 7812-1, annex B)."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 if at % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def is_iban(text: str) -> bool:
    """Whether a text is an IBAN (ISO 13616), plain or in groups, with the check digits that it must have."""
    compact = text.replace(" ", "")
    return _IBAN.fullmatch(compact) is not None and iban_check(compact[:2], compact[4:]) == compact[2:4]


def iban_check(country: str, account: str) -> str:
    """The two check digits of an IBAN (ISO 7064, mod 97-10)."""
    number = "".join(str(int(character, 36)) for character in f"{account}{country}00")
    return f"{98 - int(number) % 97:02}"


def regrouped(compact: str, like: str) -> str:
    """`compact` with the spaces and dashes of `like`, which has as many other characters."""
    rest = iter(compact)
    return "".join(character if _APART.fullmatch(character) else next(rest) for character in like)
