from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.body import Form
from harness.model.json_text import parse, serialize
from harness.schema.bodies import Bodies, Gathered
from harness.schema.reading import (
    FORM,
    are_plain,
    has_long_integer,
    is_looked_into,
    media_type_of,
    members,
    quick_json,
    quickest_json,
    read,
)
from tests.schema.json_values import VALUES, of


@pytest.mark.parametrize(
    ("media_type", "text", "looked_into"),
    [
        ("", b"x", True),
        ("application/json", b"", True),
        ("application/problem+json", b"<", True),
        ("application/x-ndjson", b"", True),
        ("text/event-stream", b"", True),
        (FORM, b"", True),
        ("text/plain", b'\n {"a": 1}', True),
        ("text/html", b"[]", True),
        ("text/plain", b"7", False),
        ("text/html", b"<p>", False),
        ("multipart/form-data", b"--x", False),
    ],
)
def test__is_looked_into__a_body__goes_by_its_type_and_its_beginning(
    media_type: str, text: bytes, looked_into: bool
) -> None:
    assert is_looked_into(media_type, text) == looked_into


@given(VALUES)
def test__read__any_json__is_summarized_as_parse_would_have_it(value: Any) -> None:
    text = serialize(value)
    body = read(text, "application/json")
    assert body.form is Form.JSON
    assert of([body.value]) == of([parse(text)]) or b"-0" in text  # which is an integer here


@pytest.mark.parametrize("text", [b"18446744073709551616", b"[-9223372036854775809]", b"[1" + b"0" * 40 + b"]"])
def test__read__integers_past_64_bits__are_exact(text: bytes) -> None:
    assert read(text, "").value == json.loads(text)


@pytest.mark.parametrize(("text", "media_type"), [(b"1" * 19, ""), (b"1", FORM), (b"1", "text/event-stream")])
def test__quick_json__what_another_must_read__is_refused(text: bytes, media_type: str) -> None:
    with pytest.raises(ValueError, match="quick reader"):
        quick_json(text, media_type)


@pytest.mark.parametrize(
    ("text", "content_type", "form", "value"),
    [
        (b'"\\ud800"', "", Form.JSON, "\ud800"),
        (b"\xef\xbb\xbf[1]", "", Form.JSON, [1]),
        ('["é"]'.encode("latin-1"), "application/json; charset=latin-1", Form.JSON, ["é"]),
        (b"1\n2\n", "application/x-ndjson", Form.LINES, [1, 2]),
        (b"1", "application/x-ndjson", Form.LINES, [1]),
        (b"", "", Form.EMPTY, None),
        (b"{", "", Form.OTHER, None),
        (b"NaN", "", Form.OTHER, None),
        (b"{} {}", "application/json", Form.OTHER, None),
        (b"[" * 100_000, "", Form.OTHER, None),
        (b"a=\xff", FORM, Form.OTHER, None),
    ],
)
def test__read__all_sorts_of_bodies__says_the_form(text: bytes, content_type: str, form: Form, value: Any) -> None:
    body = read(text, content_type)
    assert (body.form, body.value) == (form, value)


def test__read__form__is_an_object_with_lists_where_names_repeat() -> None:
    assert read(b"a=1&b=x+y&a=&c=%C3%A9", f"{FORM}; charset=utf-8").value == {"a": ["1", ""], "b": "x y", "c": "é"}
    assert members([("a", "1")]) == {"a": "1"}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (b'{"a":1,"b":2}', 0),
        (b'{"a":1,"a":2}', 1),
        (b'{ "a" : 1 , "a" : 2 }', 1),
        (b'[{"x":{"b":[{"a":1,"a":1}]}}]', 1),
        (b'{"a":1,"\\u0061":2}', 1),
        (b'{"\\u003a":1,"\\u003a":1}', 1),
        (b'{"\\u003A":"\\u003a"}', 0),
        (b'{"a": "b:c", "u": "http://x"}', 0),
        (b'{"":1,"":2}', 1),
        (b'[{"a":1},{"a":1}]', 0),
    ],
)
def test__gathered__one_text__sees_a_key_that_stands_twice(text: bytes, count: int) -> None:
    assert gathered([text]).repeating == count
    assert not count or not are_plain([text], [quick_json(text)])


@given(st.lists(VALUES, max_size=4), st.booleans())
def test__gathered__texts_of_values__never_cry_wolf(values: list[Any], spaced: bool) -> None:
    texts = [json.dumps(value, indent=1).encode() if spaced else serialize(value) for value in values]
    texts = [text for text in texts if b"Infinity" not in text]
    assert gathered(texts).repeating == 0


@pytest.mark.parametrize("text", [b"[18446744073709551616]", b"[1,18446744073709551617,2]"])
def test__are_plain__with_an_integer_that_is_read_as_another__are_not(text: bytes) -> None:
    assert has_long_integer(text)
    assert not are_plain([text], [quickest_json(text)])
    assert gathered([text]).summary.count == 1
    assert gathered([text]).unread == 0


def gathered(texts: list[bytes]) -> Bodies:
    found = Gathered("application/json")
    for text in texts:
        found.add(text, "application/json")
    return found.bodies()


def test__media_type_of__a_content_type__is_bare() -> None:
    assert media_type_of(" Application/JSON ; charset=utf-8") == "application/json"
