"""Bodies to the values that are summarized: JSON as fast as it goes, forms as objects, the rest as harness.model.body has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl

import orjson

from harness.model.body import Body, Form, is_endless, read_body
from harness.model.json_text import Json, serialize

FORM = "application/x-www-form-urlencoded"

_DIGITS = bytes(ord("0") if chr(code).isdecimal() and code < 128 else ord("x") for code in range(256))
_LONG_INTEGER = b"0" * 19
_START = 64


def media_type_of(content_type: str) -> str:
    """The media type of a Content-Type, in lower case without parameters."""
    return content_type.partition(";")[0].strip().lower()


def is_looked_into(media_type: str, text: bytes) -> bool:
    """Whether a body is read: where its media type says what stands in it, or says nothing, or it begins like JSON."""
    if "json" in media_type or not media_type or media_type == FORM or is_endless(media_type):
        return True
    return text[:_START].lstrip()[:1] in (b"{", b"[")


def read(text: bytes, content_type: str) -> Body:
    """A body and its form; a form's fields count as JSON. Never raises: what cannot be read is Form.OTHER."""
    media_type = media_type_of(content_type)
    if media_type == FORM:
        return _form(text)
    try:
        return Body(Form.JSON, quick_json(text, media_type))
    except ValueError:
        return read_body(text, content_type)


def quick_json(text: bytes, media_type: str = "") -> Json:
    """The value of JSON in UTF-8, as far as a summary tells values apart: 1e2 and 100.0 are one, -0 is an integer.

    Only an integer of 19 digits or more may come out of orjson as another number. Raises ValueError where there may be one,
    and for anything else that `read` must look at.
    """
    value = quickest_json(text, media_type)
    if has_long_integer(text):
        raise ValueError("not for the quick reader")
    return value


def quickest_json(text: bytes, media_type: str = "") -> Json:
    """The same, where the caller looks for long integers."""
    if media_type == FORM or is_endless(media_type):
        raise ValueError("not for the quick reader")
    return orjson.loads(text)


def has_long_integer(text: bytes) -> bool:
    """Whether a text may hold an integer that orjson reads as another number."""
    return _LONG_INTEGER in text.translate(_DIGITS)


def _form(text: bytes) -> Body:
    try:
        return Body(Form.JSON, members(parse_qsl(text.decode(), keep_blank_values=True)))
    except ValueError:  # not UTF-8, or fields without end
        return Body(Form.OTHER)


def members(pairs: Iterable[tuple[str, str]]) -> dict[str, Json]:
    """The fields of a form or a query as an object: name to value, to a list of values where the name is repeated."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {name: found if len(found) > 1 else found[0] for name, found in values.items()}


def are_plain(texts: Sequence[bytes], values: Sequence[Json]) -> bool:
    """Whether all JSON `texts`, read as `values`, are as we write them: no name stands twice then, and no number is another."""
    return b"[%b]" % b",".join(texts) == serialize(values)
