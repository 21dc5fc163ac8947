"""Ways in which two versions write one scalar: each a total function from NEW's form to OLD's, UNFIT for any other value."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping

from harness.lens import durations, moments, numbers
from harness.lens.conversion import UNFIT, Conversion, Unfit, on, pair
from harness.model.json_text import Json

__all__ = ["CONVERSIONS", "UNFIT", "Conversion", "Unfit", "conversion_of"]

_WORDS = {
    "string": ("false", "true"),
    "capitalised": ("False", "True"),
    "digits": ("0", "1"),
    "y-n": ("N", "Y"),
    "yes-no": ("no", "yes"),
    "on-off": ("off", "on"),
}
_WHITESPACE = " \t\r\n"
_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*")
_URL = str.maketrans("+/", "-_")
_NO_URL = str.maketrans("-_", "+/")
_GROUPS = (8, 4, 4, 4, 12)
_UUID = re.compile("-".join(f"[0-9a-fA-F]{{{length}}}" for length in _GROUPS))
_HEX = re.compile("".join(f"([0-9a-fA-F]{{{length}}})" for length in _GROUPS))


def _texts() -> Iterator[Conversion]:
    yield Conversion("lower-case", on(str, str.lower), ("Open", "open"))
    yield Conversion("upper-case", on(str, str.upper), ("Open", "OPEN"))
    yield Conversion("trim", on(str, lambda text: text.strip(_WHITESPACE)), (" a b\n", "a b"))
    yield from pair(
        "text-from-base64", on(str, _from_base64), "text-to-base64", on(str, _to_base64), ("aGk/Pz8=", "hi???")
    )
    yield from pair(
        "base64-to-base64url", on(str, _to_url), "base64url-to-base64", on(str, _from_url), ("aGk/Pz8=", "aGk_Pz8")
    )
    yield from pair(
        "uuid-to-hex",
        on(str, _without_dashes),
        "hex-to-uuid",
        on(str, _with_dashes),
        ("5d0f6b5c-3f0a-4c57-9f3e-2b1a0c9d8e7f", "5d0f6b5c3f0a4c579f3e2b1a0c9d8e7f"),
    )


def _booleans() -> Iterator[Conversion]:
    yield from pair("integer-to-boolean", on(int, _one_of((0, 1))), "boolean-to-integer", on(bool, int), (1, True))
    for name, (no, yes) in _WORDS.items():
        read, write = on(str, _one_of((no, yes))), on(bool, _choose(no, yes))
        yield from pair(f"{name}-to-boolean", read, f"boolean-to-{name}", write, (yes, True))


def _one_of(pair_: tuple[Json, Json]) -> Callable[[Json], bool | None]:
    return lambda value: bool(pair_.index(value)) if value in pair_ else None


def _choose(no: str, yes: str) -> Callable[[bool], str]:
    return lambda value: yes if value else no


def _from_base64(text: str) -> str | None:
    """Of texts in UTF-8, written in the one way that encoding them gives."""
    try:
        decoded = base64.b64decode(text, validate=True).decode()
    except ValueError:  # not in that alphabet, or no UTF-8
        return None
    return decoded if _to_base64(decoded) == text else None


def _to_base64(text: str) -> str | None:
    try:
        return base64.b64encode(text.encode()).decode()
    except UnicodeEncodeError:  # a lone surrogate
        return None


def _to_url(text: str) -> str | None:
    return text.rstrip("=").translate(_URL) if _BASE64.fullmatch(text) and len(text) % 4 == 0 else None


def _from_url(text: str) -> str | None:
    """With the padding that the length asks for; no bytes have a text of length 4n + 1."""
    if not _BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        return None
    return text.translate(_NO_URL) + "=" * (-len(text) % 4)


def _without_dashes(text: str) -> str | None:
    return text.replace("-", "") if _UUID.fullmatch(text) else None


def _with_dashes(text: str) -> str | None:
    found = _HEX.fullmatch(text)
    return "-".join(found.groups()) if found else None


def _all() -> Iterator[Conversion]:
    yield from numbers.conversions()
    yield from _texts()
    yield from moments.conversions()
    yield from durations.conversions()
    yield from _booleans()


CONVERSIONS: Mapping[str, Conversion] = {conversion.name: conversion for conversion in _all()}

_AS_IT_IS = Conversion("", lambda value: value, ("", ""), exact=True)


def conversion_of(name: str) -> Conversion:
    """The conversion of that name; "" leaves every value as it is. Raises ValueError naming those that there are."""
    found = CONVERSIONS.get(name) if name else _AS_IT_IS
    if found is None:
        raise ValueError(f"unknown conversion {name!r}; known: {', '.join(CONVERSIONS)}")
    return found
