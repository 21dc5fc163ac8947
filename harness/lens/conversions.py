"""Ways in which two versions write one scalar: each a total function from NEW's form to OLD's, UNFIT for any other value."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping

from harness.lens import moments, numbers
from harness.lens.conversion import UNFIT, Conversion, Unfit, on, pair
from harness.model.json_text import Json

__all__ = ["CONVERSIONS", "UNFIT", "Conversion", "Unfit"]

_WORDS = {
    "string": ("false", "true"),
    "digits": ("0", "1"),
    "y-n": ("N", "Y"),
    "yes-no": ("no", "yes"),
    "on-off": ("off", "on"),
}
_WHITESPACE = " \t\r\n"


def _texts() -> Iterator[Conversion]:
    yield Conversion("lower-case", on(str, str.lower))
    yield Conversion("upper-case", on(str, str.upper))
    yield Conversion("trim", on(str, lambda text: text.strip(_WHITESPACE)))
    yield from pair("text-from-base64", on(str, _from_base64), "text-to-base64", on(str, _to_base64))


def _booleans() -> Iterator[Conversion]:
    yield from pair("integer-to-boolean", on(int, _one_of((0, 1))), "boolean-to-integer", on(bool, int))
    for name, (no, yes) in _WORDS.items():
        yield from pair(
            f"{name}-to-boolean", on(str, _one_of((no, yes))), f"boolean-to-{name}", on(bool, _choose(no, yes))
        )


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


def _all() -> Iterator[Conversion]:
    yield from numbers.conversions()
    yield from _texts()
    yield from moments.conversions()
    yield from _booleans()


CONVERSIONS: Mapping[str, Conversion] = {conversion.name: conversion for conversion in _all()}
