from __future__ import annotations

import pytest

from harness.schema import formats
from harness.schema.scalars import DISTINCT_CAP, LONG_TEXT, Numbers, Strings


@pytest.mark.parametrize(("different", "kept"), [(DISTINCT_CAP, True), (DISTINCT_CAP + 1, False)])
def test__distinct__at_the_cap__is_exact_and_past_it_unknown(different: int, kept: bool) -> None:
    numbers: Numbers[int] = Numbers()
    for number in range(different):
        numbers.add([number, number])
    assert numbers.distinct == (set(range(different)) if kept else None)
    assert (numbers.count, numbers.low, numbers.high) == (2 * different, 0, different - 1)


def test__numbers__past_the_cap__range_still_grows() -> None:
    numbers: Numbers[int] = Numbers()
    numbers.add(range(DISTINCT_CAP + 1))
    numbers.add([-7, 1000])
    assert (numbers.low, numbers.high) == (-7, 1000)


def test__numbers__minus_zero__counts_as_zero() -> None:
    numbers: Numbers[float] = Numbers()
    numbers.add([-0.0])
    assert [str(numbers.low), str(numbers.high), *map(str, numbers.distinct or ())] == ["0.0", "0.0", "0.0"]


@pytest.mark.parametrize(("length", "kept"), [(LONG_TEXT, True), (LONG_TEXT + 1, False)])
def test__strings__long_text__is_measured_but_not_kept(length: int, kept: bool) -> None:
    strings = Strings()
    strings.add(["a", "x" * length])
    assert (strings.distinct is not None) == kept
    assert (strings.count, strings.shortest, strings.longest) == (2, 1, length)


def test__strings__one_that_does_not_fit__ends_the_format() -> None:
    strings = Strings()
    strings.add(["2026-03-02"])
    assert formats.names(strings.formats) == ["date"]
    strings.add(["soon"])
    assert formats.names(strings.formats) == []


def test__strings__past_the_cap__formats_are_still_tested() -> None:
    strings = Strings()
    strings.add([f"2026-03-02T09:{minute:02}:{second:02}Z" for minute in range(2) for second in range(60)])
    assert formats.names(strings.formats) == ["date-time"]
    strings.add(["2026-03-02T09:00:00"])
    assert formats.names(strings.formats) == []
