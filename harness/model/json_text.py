"""JSON text to values and back, with every number kept: integers of any size, 1.0 apart from 1, exponents, -0.

orjson does the work wherever it is exact. It reads an integer past 64 bits as a float, and refuses lone surrogates, so
texts that hold one take the standard library's way, with floats that remember how they were written.
"""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

Json = Any
"""None, bool, int, float, str, list[Json] or dict[str, Json]."""

_CLASSES = bytes(
    0x30 if chr(code).isdigit() and code < 128 else code if chr(code) in "-eE" else 0x20 for code in range(256)
)
_INEXACT = re.compile(
    rb"(?:^|[:\[,\s])-?(?:[0-9]{19}|[0-9]+\.[0-9]{17}|[0-9]+(?:\.[0-9]+)?[eE]|0(?=[\s,\]}]|$))|\\u[dD][89a-fA-F]"
)
_PLAIN = re.compile(rb"(?:^|[:\[,\s])0(?=[\s,\]}]|$)")


class WrittenFloat(float):
    """A float that is written back with the digits it was read with."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> WrittenFloat:
        number = super().__new__(cls, text)
        number.text = text
        return number


def parse(text: bytes) -> Json:
    """The value of a JSON text in UTF-8. Raises ValueError where it is not JSON."""
    if not _may_be_inexact(text):
        return orjson.loads(text)
    return json.loads(text.decode("utf-8-sig"), parse_float=WrittenFloat, parse_int=_integer, parse_constant=_refuse)


def serialize(value: Json) -> bytes:
    """Compact JSON text in UTF-8; keys keep their order, lone surrogates come out as escapes."""
    try:
        return orjson.dumps(value)
    except TypeError:  # a WrittenFloat, an integer past 64 bits or a lone surrogate
        parts: list[str] = []
        _write(value, parts)
        return "".join(parts).encode()


def _may_be_inexact(text: bytes) -> bool:
    classes = text.translate(_CLASSES)
    suspicious = (
        b"0" * 17 in classes or b"0e" in classes or b"0E" in classes or b"-0" in classes or b"\\u" in text
    )
    return suspicious and _INEXACT.search(_PLAIN.sub(b"", text)) is not None


def _integer(text: str) -> int | float:
    return WrittenFloat(text) if text == "-0" else int(text)


def _refuse(text: str) -> Json:
    raise ValueError(f"{text} is not JSON")


def _write(value: Json, parts: list[str]) -> None:
    match value:
        case WrittenFloat():
            parts.append(value.text)
        case dict():
            separator = "{"
            for key, item in value.items():
                parts.append(separator + _text(key) + ":")
                _write(item, parts)
                separator = ","
            parts.append("}" if value else "{}")
        case list():
            separator = "["
            for item in value:
                parts.append(separator)
                _write(item, parts)
                separator = ","
            parts.append("]" if value else "[]")
        case str():
            parts.append(_text(value))
        case _:
            parts.append(json.dumps(value))


def _text(value: str) -> str:
    lone = any("\ud800" <= character <= "\udfff" for character in value)
    return json.dumps(value, ensure_ascii=lone)
