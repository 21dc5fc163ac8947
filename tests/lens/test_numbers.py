from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings

from harness.lens.conversion import UNFIT
from harness.lens.numbers import conversions
from harness.model.json_text import Json, WrittenFloat, parse, serialize
from tests.model.json_values import FLOATS, INTEGERS, NUMBER_TEXTS

FORWARD = {conversion.name: conversion.forward for conversion in conversions()}
POWERS = [power for each in (1, 2, 3, 6, 9) for power in (each, -each)]


@pytest.mark.parametrize("power", POWERS)
def test__times__a_number__moves_the_decimal_point_and_loses_no_digit(power: int) -> None:
    @settings(deadline=None)
    @given(INTEGERS | FLOATS)
    def law(number: Json) -> None:
        moved = FORWARD[f"times-1e{power}"](number)
        assume(moved is not UNFIT)
        before, after = (Fraction(serialize(each).decode()) for each in (number, moved))
        assert after == before * Fraction(10) ** power
        assert not number or isinstance(moved, int) == (after.denominator == 1)

    law()


@settings(deadline=None)
@given(NUMBER_TEXTS)
def test__string_to_number__any_json_number__is_written_just_so(text: str) -> None:
    number = FORWARD["string-to-number"](text)
    assert serialize(number).decode() == text
    assert FORWARD["number-to-string"](number) == text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("string-to-integer", text) for text in ("9" * 4001, "-" + "9" * 4000, "٣", "1\n", "", "-")),
        ("integer-to-string", 10**4000),
        ("integer-to-string", -(10**3999)),
        ("integer-to-string", 10**5000),
        ("number-to-string", WrittenFloat("0." + "1" * 4000)),
        ("string-to-number", "0." + "1" * 4000),
        ("float-to-integer", WrittenFloat("1e999")),
        ("float-to-integer", 1e300),
        ("integer-to-float", 2**53 + 1),
        ("times-1e9", 10**3995),
        *(
            ("times-1e3", number)
            for number in (1e15, 1e-16, WrittenFloat("1e999"), WrittenFloat("1e-999999999"), True, "1")
        ),
        ("times-1e-9", 1e-7),
        ("times-1e-1", 12345678901234567891),
    ],
    ids=lambda value: str(value)[:20] if not isinstance(value, int) else f"{value.bit_length()} bits",
)
def test__conversion__what_it_could_not_give_exactly__is_unfit(name: str, value: Json) -> None:
    assert FORWARD[name](value) is UNFIT


@pytest.mark.parametrize("text", ["0", "-0", "0.0", "-0.00", "0e5"])
def test__times__of_zero__is_that_zero(text: str) -> None:
    zero = parse(text.encode())
    assert FORWARD["times-1e3"](zero) is zero
