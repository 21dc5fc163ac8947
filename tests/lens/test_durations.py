from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.lens.conversions import CONVERSIONS, UNFIT


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT45M", 2700),
        ("PT1H8M1S", 4081),
        ("P9DT2H", 784800),
        ("P2D", 172800),
        ("PT0S", 0),
        ("-PT1H30M", -5400),
    ],
)
def test__duration__in_whole_seconds__is_read_and_written(text: str, seconds: int) -> None:
    assert CONVERSIONS["duration-to-seconds"].forward(text) == seconds
    assert CONVERSIONS["seconds-to-duration"].forward(seconds) == text
    assert str(CONVERSIONS["duration-to-decimal-seconds"].forward(text)) == str(float(seconds))


@pytest.mark.parametrize(
    "text",
    ["P", "PT", "P1Y", "P1M", "P2W", "PT60M", "PT1H0M", "P1DT", "PT1.5H", "pt1h", "PT1H ", "PT01H", "-PT0S",
     "P999999999D", "PT1.5S"],
)  # fmt: skip
def test__duration__of_another_form__is_unfit(text: str) -> None:
    assert CONVERSIONS["duration-to-seconds"].forward(text) is UNFIT


@pytest.mark.parametrize("seconds", [float("1e300"), 1e-9, -0.0, float("1e11")])
def test__seconds__that_a_text_would_not_bring_back__are_unfit(seconds: float) -> None:
    assert CONVERSIONS["decimal-seconds-to-duration"].forward(seconds) is UNFIT


@given(st.timedeltas(timedelta(0), timedelta(days=30000)))
def test__duration__of_a_timedelta__is_its_seconds(delta: timedelta) -> None:
    text = CONVERSIONS["decimal-seconds-to-duration"].forward(delta.total_seconds())
    assert CONVERSIONS["duration-to-decimal-seconds"].forward(text) == delta.total_seconds()
