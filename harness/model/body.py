"""A body read for what it holds: JSON in whatever charset, JSON line by line, server-sent events. What must be said of a body,
that it is malformed or not understood, is said in words that can be counted: nothing is passed over in silence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from harness.model.charset import charset_of
from harness.model.json_text import DEEPEST, Json, TooDeep, parse, repeated_names, serialize

MISSING = "the body is not in the recording: not compared"
PACKED = "compressed, and not to be unpacked: compared as bytes"
MALFORMED = "said to be JSON, but malformed: compared as bytes"
OPAQUE = "not JSON: compared as bytes"
TOO_DEEP = f"nested deeper than {DEEPEST:,} levels: compared as bytes"
MISCODED = "not in the charset that it names: read as what it looks like"
REPEATED = "a name stands twice in an object: its last value is compared"


class Form(StrEnum):
    """How a body is written. LINES and EVENTS are read as a list with an item each; EMPTY and OTHER hold no value."""

    JSON = "JSON"
    LINES = "JSON, line by line"
    EVENTS = "server-sent events"
    EMPTY = "empty"
    OTHER = "not JSON"


@dataclass(frozen=True)
class Body:
    """`value` is a JSON value where the form has one, else None; `remarks` are what must be said of it, of the words above.

    `charset` is that of the bytes.
    """

    form: Form
    value: Json = None
    remarks: tuple[str, ...] = ()
    charset: str = "utf-8"

    @property
    def is_read(self) -> bool:
        """Whether there is a value."""
        return self.form not in (Form.EMPTY, Form.OTHER)


def read_body(body: bytes, content_type: str = "") -> Body:
    """`body`, its content coding undone, in the form that its Content-Type names; else as JSON, whatever it names.

    Never raises: what cannot be read is OTHER and has a remark.
    """
    start = body.lstrip()[:1]
    if not start:
        return Body(Form.EMPTY)
    kind = _media_type(content_type)
    claims = kind in _LINES or kind.endswith(("/json", "+json"))
    if start == b"<" and not claims:
        return Body(Form.OTHER, remarks=(OPAQUE,))
    try:
        return _read(body, kind, content_type)
    except TooDeep:
        return Body(Form.OTHER, remarks=(TOO_DEEP,))
    except ValueError:
        return Body(Form.OTHER, remarks=(MALFORMED if claims else OPAQUE,))


def is_endless(content_type: str) -> bool:
    """Whether a body of this type comes item by item, and may go on for ever."""
    return _media_type(content_type) in {*_LINES, _EVENTS}


def written(value: Json, charset: str) -> bytes:
    """`value` as JSON text in `charset`, which a body was read in: in ASCII where that is not UTF-8, so that no reader errs."""
    text = serialize(value)
    return text if charset == "utf-8" else _NOT_ASCII.sub(_escape, text.decode()).encode(charset)


_LINES = {
    *("application/x-ndjson", "application/ndjson", "application/x-jsonlines", "application/jsonlines"),
    *("application/jsonl", "application/x-jsonl", "application/json-seq", "application/json-lines"),
}
_EVENTS = "text/event-stream"
_RECORD = b"\x1e"
"""What begins each text in application/json-seq (RFC 7464)."""

_NOT_ASCII = re.compile("[^\x00-\x7f]")
_WRONG_BYTES = {code: f"\\u{code:04x}" for code in range(0xDC80, 0xDD00)}
"""A byte that is not UTF-8, as Python's surrogateescape has it, to an escape that JSON knows."""


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _read(body: bytes, kind: str, content_type: str) -> Body:
    if kind == _EVENTS:
        return Body(Form.EVENTS, list(_events(body.decode("utf-8-sig"))))
    if kind in _LINES:
        items = [_json(line) for line in body.replace(_RECORD, b"").splitlines() if line.strip()]
        said = {remark for item in items for remark in item.remarks}
        return Body(Form.LINES, [item.value for item in items], tuple(said))
    try:
        return _json(body)
    except TooDeep:
        raise
    except ValueError:
        for charset, text, remarks in _meant(body, content_type):
            with suppress(ValueError):
                return _json(text.encode(), charset, remarks)
        raise


def _json(text: bytes, charset: str = "utf-8", remarks: tuple[str, ...] = ()) -> Body:
    value = parse(text)
    return Body(Form.JSON, value, (*remarks, REPEATED) if repeated_names(text, value) else remarks, charset)


def _meant(body: bytes, content_type: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Ways to read a body that is not JSON in UTF-8: its charset, its text, and what must be said of that.

    First as it says (RFC 9110, 8.3.2), then as its first bytes look (RFC 4627, 3), then as UTF-8 with wrong bytes in it.
    """
    declared = charset_of(content_type)
    for charset, remarks in ((declared, ()), (json.detect_encoding(body), (MISCODED,))):
        if charset != "utf-8" and (text := _decoded(body, charset)) is not None:
            yield charset, text, remarks
    if body.lstrip()[:1] in (b"{", b"[", b'"') and _decoded(body, "utf-8") is None:
        yield "utf-8", body.decode("utf-8", "surrogateescape").translate(_WRONG_BYTES), (MISCODED,)


def _decoded(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except (LookupError, ValueError):  # a charset that is unknown, or not this body's
        return None


def _events(text: str) -> Iterator[Json]:
    """Each event's fields (HTML, 9.2.6): `data` as JSON where it is that, else as text; comments are left out."""
    for block in text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n"):
        fields: dict[str, list[str]] = {}
        for line in block.split("\n"):
            name, _, value = line.partition(":")
            if name:
                fields.setdefault(name, []).append(value.removeprefix(" "))
        if fields:
            yield {name: _data(values) if name == "data" else values[-1] for name, values in fields.items()}


def _data(lines: list[str]) -> Json:
    text = "\n".join(lines)
    try:
        return parse(text.encode())
    except ValueError:
        return text


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
