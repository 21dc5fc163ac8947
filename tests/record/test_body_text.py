from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.record.body_text import bytes_of, text_of


@pytest.mark.parametrize(
    ("body", "media_type", "text"),
    [
        ("é€".encode(), "application/json", "é€"),
        (b"\xe9", "text/plain; charset=ISO-8859-1", "é"),
        (b"\xe9", "text/plain", None),
        (b"\xff\xd8\x00", "image/jpeg", None),
        ("é".encode("utf-16"), "text/plain; charset=utf-16", "é"),
        (b"\xe9\x00", "text/plain; charset=utf-16be", "\ue900"),
        (b"\xef\xbb\xbf{}", "application/json; charset=utf-8-sig", "{}"),
        (b"plain", "text/plain; charset=klingon", None),
        (b"no mark", "text/plain; charset=utf-8-sig", None),
        (b"\xfe\xff\x00\xe9", "text/plain; charset=utf-16", None),
        (b"", "", ""),
    ],
)
def test__text_of__a_body__is_text_only_where_nothing_is_lost(body: bytes, media_type: str, text: str | None) -> None:
    assert text_of(body, media_type) == text
    if text is not None:
        assert bytes_of(text, media_type) == body


@pytest.mark.parametrize(
    ("text", "media_type", "body"),
    [
        ("€", "text/plain; charset=latin-1", "€".encode()),
        ("é", "text/plain; charset=klingon", "é".encode()),
        ("\ud800", "", b"\xed\xa0\x80"),
    ],
)
def test__bytes_of__text_that_its_charset_cannot_say__is_utf_8(text: str, media_type: str, body: bytes) -> None:
    assert bytes_of(text, media_type) == body


@given(
    st.binary(), st.text() | st.sampled_from(["utf-8", "utf-7", "hex", "idna", "cp037"]).map("x/y; charset={}".format)
)
def test__text_of__any_body_and_any_media_type__never_loses_a_byte(body: bytes, media_type: str) -> None:
    text = text_of(body, media_type)
    assert text is None or bytes_of(text, media_type) == body
