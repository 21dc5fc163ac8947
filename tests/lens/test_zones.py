from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.lens.zones import minutes_ahead, shifted

MINUTES = st.integers(-1439, 1439)


def _offset(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@settings(deadline=None)
@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)), MINUTES, MINUTES)
def test__shifted__to_another_zone__is_the_same_moment(moment: datetime, here: int, there: int) -> None:
    text = moment.replace(tzinfo=timezone(timedelta(minutes=here))).isoformat(timespec="microseconds")
    text = text[: -len("+00:00")] + _offset(here)
    moved = shifted(text, _offset(here), there - here, _offset(there))
    assert moved is not None
    assert datetime.fromisoformat(moved) == datetime.fromisoformat(text)
    assert moved.endswith(_offset(there))
    assert shifted(moved, _offset(there), here - there, _offset(here)) == text


@pytest.mark.parametrize(
    ("zone", "minutes"), [("Z", 0), ("+00:00", 0), ("-0000", 0), ("+0130", 90), ("-05:30", -330), ("+23:59", 1439)]
)
def test__minutes_ahead__of_a_zone__are_counted_from_utc(zone: str, minutes: int) -> None:
    assert minutes_ahead(zone) == minutes
