from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.charset import charset_of


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("application/json", "utf-8"),
        ("", "utf-8"),
        ("text/html; charset=ISO-8859-1", "iso-8859-1"),
        ('text/html;Charset = "UTF-16"; q=1', "utf-16"),
        ("text/html; boundary=x; charset=koi8-r", "koi8-r"),
        ("text/html; xcharset=koi8-r", "utf-8"),
        ("charset=koi8-r", "utf-8"),
        ("text/html; charset=", "utf-8"),
        ("text/html; charset=punycode", "utf-8"),
        ("text/html; charset=IDNA", "utf-8"),
        ("text/html; charset*=\x00''x", "utf-8"),  # RFC 2231, where a reader of mails breaks its neck
        ("text/html; charset*0*=a''b; charset*=c", "utf-8"),
        ("text/html; charset=\ud800", "utf-8"),
    ],
)
def test__charset_of__a_content_type__is_what_it_names(content_type: str, charset: str) -> None:
    assert charset_of(content_type) == charset


@given(st.text().map("text/x; charset={}".format) | st.text())
def test__charset_of__any_text__is_a_name_that_codecs_can_be_asked_for(content_type: str) -> None:
    charset = charset_of(content_type)
    assert charset.isascii()
    assert "\x00" not in charset
