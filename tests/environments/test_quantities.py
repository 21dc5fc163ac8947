from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from harness.environments.quantities import duration, rate, share, size


@pytest.mark.parametrize(
    ("read", "written", "number"),
    [
        (duration, "80ms", 0.08),
        (duration, "1.5s", 1.5),
        (duration, "2m", 120.0),
        (duration, "+45d", 45 * 86400.0),
        (duration, "-3h", -10800.0),
        (duration, "7", 7.0),
        (duration, 7, 7),
        (share, "2%", 0.02),
        (share, "0.02", 0.02),
        (share, 1, 1),
        (size, "512M", 512 * 2**20),
        (size, "512 mb", 512 * 2**20),
        (size, "1.5g", 3 * 2**29),
        (size, 6_000_000, 6_000_000),
        (rate, "256kbit", 256_000.0),
        (rate, "1Mbit", 1_000_000.0),
    ],
)
def test__quantity__as_people_write_it__is_a_number_of_one_unit(
    read: Callable[[Any], Any], written: Any, number: float
) -> None:
    assert read(written) == pytest.approx(number)


@pytest.mark.parametrize(
    ("read", "written", "hint"),
    [
        (duration, "soon", "80ms"),
        (duration, float("inf"), "80ms"),
        (duration, True, "80ms"),
        (share, "120%", "2%"),
        (share, -0.1, "2%"),
        (size, "512 apples", "512M"),
        (rate, 1000, "1mbit"),
    ],
)
def test__quantity__that_is_none__says_what_to_write(read: Callable[[Any], Any], written: Any, hint: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read(written)
    assert hint in str((caught.value.context or {})["hint"])
