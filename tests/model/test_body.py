from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.body import (
    MALFORMED,
    MISCODED,
    OPAQUE,
    REPEATED,
    TOO_DEEP,
    Body,
    Form,
    is_endless,
    read_body,
    written,
)
from harness.model.json_text import DEEPEST, Json, serialize
from tests.model.json_values import VALUES, exact

JSON = "application/json"
LINES = "application/x-ndjson"
EVENTS = "text/event-stream; charset=utf-8"
TEXT = '{"a":"é€"}'
LATIN = '{"a":"é"}'


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (TEXT.encode(), JSON, Body(Form.JSON, {"a": "é€"})),
        (TEXT.encode(), "text/plain", Body(Form.JSON, {"a": "é€"})),
        (TEXT.encode("utf-8-sig"), JSON, Body(Form.JSON, {"a": "é€"})),
        (TEXT.encode(), f"{JSON}; charset=latin-1", Body(Form.JSON, {"a": "é€"})),
        (LATIN.encode("latin-1"), f"{JSON}; charset=latin-1", Body(Form.JSON, {"a": "é"}, (), "latin-1")),
        (TEXT.encode("utf-16"), f"{JSON}; charset=utf-16", Body(Form.JSON, {"a": "é€"}, (), "utf-16")),
        (TEXT.encode("utf-16"), JSON, Body(Form.JSON, {"a": "é€"}, (MISCODED,), "utf-16")),
        (TEXT.encode("utf-32-be"), "", Body(Form.JSON, {"a": "é€"}, (MISCODED,), "utf-32-be")),
        (TEXT.encode("utf-16"), f"{JSON}; charset=latin-1", Body(Form.JSON, {"a": "é€"}, (MISCODED,), "utf-16")),
        (LATIN.encode("latin-1"), JSON, Body(Form.JSON, {"a": "\udce9"}, (MISCODED,))),
        (LATIN.encode("latin-1"), f"{JSON}; charset=klingon", Body(Form.JSON, {"a": "\udce9"}, (MISCODED,))),
        (LATIN.encode("latin-1"), f"{JSON}; charset=hex", Body(Form.JSON, {"a": "\udce9"}, (MISCODED,))),
        (b'{"a":1,"a":2}', JSON, Body(Form.JSON, {"a": 2}, (REPEATED,))),
        (b'{"a":[{"b":1, "\\u0062":1}]}', JSON, Body(Form.JSON, {"a": [{"b": 1}]}, (REPEATED,))),
        (b'{"a":1', JSON, Body(Form.OTHER, remarks=(MALFORMED,))),
        (b'{"a":NaN}', "application/problem+json", Body(Form.OTHER, remarks=(MALFORMED,))),
        (b"<html>", JSON, Body(Form.OTHER, remarks=(MALFORMED,))),
        (b"\xff{", JSON, Body(Form.OTHER, remarks=(MALFORMED,))),
        (b'{"a":1', "text/plain", Body(Form.OTHER, remarks=(OPAQUE,))),
        (b"<a/>", "text/xml", Body(Form.OTHER, remarks=(OPAQUE,))),
        (b"\x89PNG\r\n\x00", "image/png", Body(Form.OTHER, remarks=(OPAQUE,))),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), JSON, Body(Form.OTHER, remarks=(TOO_DEEP,))),
        (b"", JSON, Body(Form.EMPTY)),
        (b" \n", "", Body(Form.EMPTY)),
        (b'{"a":1}\n\n[2]\r\n3', LINES, Body(Form.LINES, [{"a": 1}, [2], 3])),
        (b'\x1e{"a":1}\n\x1e2\n', "application/json-seq", Body(Form.LINES, [{"a": 1}, 2])),
        (b'{"a":1,"a":2}\n{"a":1,"a":2}', LINES, Body(Form.LINES, [{"a": 2}, {"a": 2}], (REPEATED,))),
        (b'{"a":1}\n{', LINES, Body(Form.OTHER, remarks=(MALFORMED,))),
        (
            b': hello\r\nevent: add\r\ndata: {"a":\r\ndata: 1}\r\nid: 7\r\n\r\n\r\ndata:x\r\n\r\n',
            EVENTS,
            Body(Form.EVENTS, [{"event": "add", "data": {"a": 1}, "id": "7"}, {"data": "x"}]),
        ),
        (b"data: <p>\n\ndata\n", EVENTS, Body(Form.EVENTS, [{"data": "<p>"}, {"data": ""}])),
        (b"data: \xff", EVENTS, Body(Form.OTHER, remarks=(OPAQUE,))),
    ],
)
def test__read_body__in_each_form__has_its_value_or_a_word_why_not(
    body: bytes, content_type: str, expected: Body
) -> None:
    assert read_body(body, content_type) == expected


@pytest.mark.parametrize("content_type", ["", JSON, LINES, EVENTS, f"{JSON}; charset=utf-16", f"{JSON}; charset=cp037"])
@given(st.binary() | VALUES.map(serialize).flatmap(lambda text: st.sampled_from([text, text[:-1], text * 2])))
def test__read_body__of_any_bytes__never_raises_and_is_not_silent(content_type: str, body: bytes) -> None:
    read = read_body(body, content_type)
    assert read.is_read or read.remarks or not body.strip()
    assert read.is_read or read.value is None


def test__read_body__with_wrong_bytes__keeps_what_differs_apart() -> None:
    assert read_body(b'["\xe9"]').value != read_body(b'["\xe8"]').value


@pytest.mark.parametrize("charset", ["utf-8", "latin-1", "utf-16", "utf-32-be", "cp1252"])
@given(VALUES)
def test__written__in_a_charset__is_read_as_the_same_value(charset: str, value: Json) -> None:
    again = read_body(written(value, charset), f"{JSON}; charset={charset}")
    assert exact(again.value) == exact(value)
    assert again.remarks == ()


@pytest.mark.parametrize(
    ("value", "charset", "text"),
    [({"é": "€😀"}, "utf-8", '{"é":"€😀"}'), ({"é": "€😀"}, "latin-1", r'{"\u00e9":"\u20ac\ud83d\ude00"}')],
)
def test__written__what_a_charset_cannot_say__is_an_escape(value: Json, charset: str, text: str) -> None:
    assert written(value, charset).decode(charset) == text


@pytest.mark.parametrize(
    ("content_type", "endless"), [(LINES, True), (EVENTS, True), (JSON, False), ("", False), ("text/html", False)]
)
def test__is_endless__of_a_type__is_true_for_what_comes_item_by_item(content_type: str, endless: bool) -> None:
    assert is_endless(content_type) is endless
