from __future__ import annotations

import base64
import hashlib
import uuid
from datetime import UTC, date, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.schema.formats import EVERY_FORMAT, fitting, mask_of, names


def found(*texts: str) -> list[str]:
    return names(fitting(EVERY_FORMAT, texts))


@pytest.mark.parametrize(
    ("text", "format_name"),
    [
        ("2026-03-02T09:00:00Z", "date-time"),
        ("2026-03-02 09:00:00.123456+01:00", "date-time"),
        ("2026-03-02T09:00:60Z", "date-time"),  # a leap second
        ("2026-03-02T09:00", "date-time-local"),
        ("2026-13-02T09:00:00Z", None),
        ("2026-03-02", "date"),
        ("2026-3-2", None),
        ("٢٠٢٦-03-02", None),  # digits, but not ASCII
        ("2026-03-02\n", None),
        ("Mon, 02 Mar 2026 09:00:00 GMT", "http-date"),
        ("7f1c4e7a-0d4f-4f2b-9a55-1d0f0e4c9a11", "uuid"),
        ("ann.lee+x@mail.example.org", "email"),
        ("ann@localhost", None),
        ("https://a.example/x?y=1#z", "uri"),
        ("https://a.example/x y", None),
        ("/relative", None),
        ("deadbeef", None),  # a word as well
        ("12345678", None),  # a number as well
        ("d41d8cd98f00b204e9800998ecf8427e", "hex"),
        ("SGVsbG8sIFdvcmxkIQ==", "base64"),
        ("internationalise", None),
        ("", None),
        ("\ud800", None),
    ],
)
def test__fitting__one_text__finds_its_format(text: str, format_name: str | None) -> None:
    assert found(text)[:1] == ([format_name] if format_name else [])


@given(st.datetimes(min_value=datetime(1000, 1, 1)), st.uuids(), st.binary(min_size=20))
def test__fitting__texts_as_python_writes_them__finds_their_format(
    at: datetime, number: uuid.UUID, data: bytes
) -> None:
    aware = at.replace(tzinfo=UTC)
    assert found(aware.isoformat())[0] == "date-time"
    assert found(at.isoformat())[0] == "date-time-local"
    assert found(date.isoformat(at))[0] == "date"
    assert found(format_datetime(aware, usegmt=True))[0] == "http-date"
    assert found(str(number))[0] == "uuid"
    assert "hex" in found(hashlib.sha256(data).hexdigest())
    assert found("aB1=" + base64.b64encode(data).decode()) == []  # padding stands only at the end


@given(st.sets(st.sampled_from(names(EVERY_FORMAT))))
def test__mask_of__names__is_undone_by_names(chosen: set[str]) -> None:
    assert set(names(mask_of(chosen))) == chosen


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["a" * 10**6, "a@" + "a." * 10**6, "A1a/" * 250_000 + "!", "0" * 10**6 + "g"])
def test__fitting__long_text__takes_time_in_proportion(text: str) -> None:
    assert found(text) in ([], ["email"])
