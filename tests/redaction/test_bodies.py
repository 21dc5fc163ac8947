from __future__ import annotations

import json

import pytest

from tests.redaction.redactors import messages

JSON = '{"n": 1.50, "password": "hunter22"}'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (JSON.encode(), "application/json"),
        (JSON.encode(), ""),
        (JSON.encode("utf-16"), "application/json; charset=utf-16"),
        (('{"ä": "\xe4", "password": "hunter22"}').encode("latin-1"), "application/json; charset=latin-1"),
        (b'{"a": "\xff", "password": "hunter22"}', "application/json"),
        (b'\n{"password": "hunter22"}', "text/html"),
        (b'{"secret": "hunter22"}\n{"secret": "x"}\n', "application/x-ndjson"),
        (b'data: {"token": "hunter22"}\n\ndata: end\n\n', "text/event-stream"),
        (b"a=1&password=hunter22", "application/x-www-form-urlencoded"),
        (
            b'--B\r\nContent-Disposition: form-data; name="password"\r\n\r\nhunter22\r\n--B--\r\n',
            "multipart/form-data; boundary=B",
        ),
        (
            b'--B\r\nContent-Disposition: form-data\r\nContent-Type: application/json\r\n\r\n{"pin": "hunter22"}\r\n--B--',
            'multipart/form-data; boundary="B"',
        ),
        (b'<input name="password" value="hunter22">', "text/html"),
        (b'var password = "hunter22";', "text/javascript"),
        (b'{"password": "hunter22", "password": "twice"}', "application/json"),
    ],
)
def test__redact__a_body_in_its_form__keeps_its_length(body: bytes, content_type: str) -> None:
    redacted = messages().body(body, content_type)
    charset = "utf-16" if "utf-16" in content_type else "latin-1"
    assert "hunter22" in body.decode(charset)
    assert "hunter22" not in redacted.decode(charset)
    assert len(redacted) == len(body)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "application/json"),
        (b"\x89PNG\r\n\x1a\n\x00\x00password=hunter22", "image/png"),
        (b"\xff\xfe\x00\x01 binary", ""),
        (b'{"a" :  1,\n"b": "\\u00e4"}', "application/json"),
        (b"--B\r\nno head\r\n--B--", "multipart/form-data; boundary=B"),
    ],
)
def test__redact__what_holds_none__is_the_same(body: bytes, content_type: str) -> None:
    assert messages().body(body, content_type) == body


def test__redact__bytes_with_a_secret_that_is_known__loses_it() -> None:
    made = messages()
    made.body(b'{"token": "hunter22-abc"}')
    assert b"hunter22-abc" not in made.body(b"\x00\x01 hunter22-abc \x02")


def test__text__json_lines_among_others__are_read_as_json() -> None:
    text = 'started\n{"password": "hunter22", "n": 1}\nended\n'
    lines = messages().text(text).splitlines()
    assert (lines[0], lines[2]) == ("started", "ended")
    assert json.loads(lines[1])["password"] != "hunter22"
