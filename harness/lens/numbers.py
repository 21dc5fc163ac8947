"""Conversions of numbers, in decimal digits throughout: no value goes through a float that cannot hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from harness.lens.conversion import UNFIT, Conversion, Convert, Unfit, on, pair
from harness.model.json_text import Json, WrittenFloat, serialize

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_POWERS = (1, 2, 3, 4, 6, 9, 12)

_LONGEST = 4000
"""Characters of a number's text, and digits of an integer: Python reads and writes no more than 4300."""
_TOO_LARGE = 10**_LONGEST
_EXACT = 2**53
_SMALLEST, _LARGEST = Decimal("1e-15"), Decimal("1e15")


def conversions() -> Iterator[Conversion]:
    """Text and number, integer and float, units that differ by a power of ten."""
    yield from pair("string-to-integer", on(str, _integer), "integer-to-string", on(int, _digits), ("42", 42))
    yield from pair("string-to-number", on(str, _number), "number-to-string", _number_to_string, ("1.5", 1.5))
    yield from pair("float-to-integer", _float_to_integer, "integer-to-float", on(int, _float), (7.0, 7))
    for power in _POWERS:
        back = f"times-1e-{power}"
        yield from pair(f"times-1e{power}", _times(power), back, _times(-power), (7, 7 * 10**power))


def _integer(text: str) -> int | None:
    """Only as JSON writes integers: no leading zero, no sign but minus, no -0."""
    try:
        number = int(text) if len(text) <= _LONGEST else None
    except ValueError:
        return None
    return number if str(number) == text else None


def _digits(number: int) -> str | None:
    text = str(number) if abs(number) < _TOO_LARGE else ""
    return text if 0 < len(text) <= _LONGEST else None


def _number(text: str) -> int | float | None:
    """Any JSON number, with its digits as they are: "1.50" becomes 1.50."""
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    if _INTEGER.fullmatch(text):
        return int(text)
    number = float(text)
    return number if _text(number) == text else WrittenFloat(text)


def _number_to_string(value: Json) -> Json | Unfit:
    if not isinstance(value, float):
        return on(int, _digits)(value)
    text = _text(value)
    return text if len(text) <= _LONGEST else UNFIT


def _float_to_integer(value: Json) -> Json | Unfit:
    """Only what is written as an integer and `.0`, and not larger than floats are exact."""
    if not isinstance(value, float) or not value.is_integer() or abs(value) > _EXACT:
        return UNFIT
    return int(value) if _text(value) == f"{int(value)}.0" else UNFIT


def _float(number: int) -> float | None:
    return float(number) if abs(number) <= _EXACT else None


def _times(power: int) -> Convert:
    """The decimal point moves and no digit is lost; a whole result is an integer, and 0 stays as it is.

    Floats, read or written, have a size from 1e-15 to below 1e15.
    """

    def times(value: Json) -> Json | Unfit:
        text = _number_to_string(value)
        if not isinstance(text, str):
            return UNFIT
        number = Decimal(text)
        if not number:
            return value
        if isinstance(value, float) and not _SMALLEST <= number.copy_abs() < _LARGEST:
            return UNFIT
        sign, digits, exponent = number.as_tuple()
        assert isinstance(exponent, int)  # it is no infinity
        return _written(Decimal((sign, digits, exponent + power)))

    return times


def _written(number: Decimal) -> Json | Unfit:
    """Without zeros at the end. Decimal's own arithmetic would round to 28 digits: there is none here."""
    if number == number.to_integral_value():
        whole = int(number)
        return UNFIT if _digits(whole) is None else whole
    fits = _SMALLEST <= number.copy_abs() < _LARGEST
    written = _number(f"{number:f}".rstrip("0")) if fits else None
    return UNFIT if written is None else written


def _text(number: float) -> str:
    return serialize(number).decode()
