from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.lens.conversion import UNFIT
from harness.lens.moments import conversions

FORWARD = {conversion.name: conversion.forward for conversion in conversions()}
ZONES = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1974, 1, 1), datetime(2286, 1, 1), timezones=ZONES | st.just(UTC))
laws = settings(deadline=None)


@laws
@given(MOMENTS)
def test__any_iso__of_a_moment__is_the_standard_librarys_count_and_text(moment: datetime) -> None:
    text, whole = moment.isoformat(timespec="microseconds"), moment.replace(microsecond=0)
    assert FORWARD["any-iso-to-seconds"](text) == int(whole.timestamp())
    assert FORWARD["any-iso-to-milliseconds"](text) == int(whole.timestamp()) * 1000 + moment.microsecond // 1000
    assert FORWARD["any-iso-to-microseconds"](text) == int(whole.timestamp()) * 10**6 + moment.microsecond
    assert FORWARD["any-iso-to-nanoseconds"](text) == (int(whole.timestamp()) * 10**6 + moment.microsecond) * 1000
    utc = moment.astimezone(UTC).isoformat(timespec="microseconds")
    assert FORWARD["any-iso-to-utc"](text) == utc.replace("+00:00", "Z")
    assert FORWARD["any-iso-to-rfc1123"](text) == format_datetime(whole.astimezone(UTC), usegmt=True)


@laws
@given(MOMENTS)
def test__epoch__of_a_moment__is_its_iso_in_utc(moment: datetime) -> None:
    count, text = int(moment.timestamp()), moment.replace(microsecond=0).astimezone(UTC).isoformat()
    assert FORWARD["seconds-to-iso-offset"](count) == text
    assert FORWARD["seconds-to-iso"](count) == text.replace("+00:00", "Z")
    assert FORWARD["microseconds-to-iso"](count * 10**6 + 7) == text.replace("+00:00", ".000007Z")
    assert FORWARD["nanoseconds-to-iso-offset"](count * 10**9 + 7) == text.replace("+00:00", ".000000007+00:00")
    assert FORWARD["seconds-to-rfc1123"](count) == FORWARD["any-iso-to-rfc1123"](text)
    assert FORWARD["rfc1123-to-seconds"](FORWARD["any-iso-to-rfc1123"](text)) == count
    assert FORWARD["milliseconds-to-iso"](count * 1000 + 7) == text.replace("+00:00", ".007Z")
    assert FORWARD["rfc1123-to-iso"](FORWARD["any-iso-to-rfc1123"](text)) == text.replace("+00:00", "Z")


@pytest.mark.parametrize("name", FORWARD)
@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            "2024-02-29",
            "2024-02-29T00:00Z",
            "2024-02-29T00:00:00.Z",
            "2024-02-29T00:00:00Z\n",
            "２０24-02-29T00:00:00Z",
        ),
        *(
            " 2024-02-29T00:00:00Z",
            "2024-02-29t00:00:00z",
            "24-02-29T00:00:00Z",
            "2024-02-29T00:00:00+24:00",
            "Thu, 29 Feb",
        ),
        *(10**8 - 1, 10**16, -1, 0, 1.0, True, None, ["2024-02-29T00:00:00Z"]),
    ],
    ids=repr,
)
def test__conversion__what_is_no_moment__is_unfit(name: str, value: object) -> None:
    assert FORWARD[name](value) is UNFIT


@pytest.mark.parametrize("name", [name for name in FORWARD if name.startswith("any-iso")])
@pytest.mark.parametrize(
    "text", ["2024-02-30T00:00:00Z", "2024-02-29T00:00:00", "0001-01-01T00:00:00+10:00", "9999-12-31T23:59:59-10:00"]
)
def test__any_iso__of_no_day_no_zone_or_no_year_in_utc__is_unfit(name: str, text: str) -> None:
    assert FORWARD[name](text) is UNFIT
