"""JSON text to values and back, with every number kept: integers of any size, 1.0 apart from 1, exponents, -0.

orjson does the work wherever it is exact. It reads an integer past 64 bits and a fraction past 15 digits as the nearest float,
and refuses lone surrogates, so texts that hold one take the standard library's way, with floats that remember how they
were written. Whether orjson was exact shows when it writes the value again: quicker than any search for numbers that may be
none of its. (On its way 1.10 is written back as 1.1, and 0.0000001 as 1e-7: the same value.) Both ways end at one depth,
so that whoever walks a value knows how many calls within calls that takes.
"""

from __future__ import annotations

import codecs
import json
import math
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import orjson

from harness.model.structure import is_deeper, member_count, outside_strings

Json = Any
"""None, bool, int, float, str, list[Json] or dict[str, Json]."""

DEEPEST = 1024
"""Levels of lists and objects that are read: as many as orjson reads."""

_FRAMES = 20
"""Calls within calls that a walk may need for a level."""
_SHALLOW = 1000

_MEANING = {"0123456789.": "0", "eE": "e", "-+": "-", " \t\r\n:,[]}": " "}
_CLASSES = bytes(next((ord(to) for of, to in _MEANING.items() if chr(code) in of), ord("x")) for code in range(256))
"""What matters of each byte: part of a number, an exponent's letter, a sign, what stands around a number, anything else."""

_WHITE = b" \t\r\n"
_LONG = b"0" * 17
_EXPONENT = re.compile(rb"0e-?0+ ")
_MINUS_ZERO = re.compile(rb"-0(?=[\s,\]}]|$)")
_TOO_LONG = re.compile(rb"(?:^|[\s:,\[])(?:-?[0-9]{20}|-9[0-9]{18}|-?(?=[0-9.]{17})[0-9]+\.)")


class WrittenFloat(float):
    """A float that is written back with the digits it was read with: `text` is a JSON number.

    Numbers past every float are one infinity for Python, but equal only where they are written alike.
    """

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> WrittenFloat:
        """Raises ValueError where the text is no number."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __eq__(self, other: object) -> bool:
        if isinstance(other, WrittenFloat) and math.isinf(self):
            return self.text == other.text
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = float.__hash__


class TooDeep(ValueError):
    """The text may be JSON, but nests deeper than DEEPEST."""


def parse(text: bytes) -> Json:
    """The value of a JSON text in UTF-8, with or without a byte order mark; of members with one name the last counts.

    Raises ValueError where it is not JSON, TooDeep where it nests deeper than DEEPEST.
    """
    text = text.removeprefix(codecs.BOM_UTF8)
    with suppress(orjson.JSONDecodeError):  # a lone surrogate, 1,024 levels, or an error that the other reader tells
        value = orjson.loads(text)
        if _is_exact(text, value):
            return value
    if is_deeper(text, DEEPEST):
        raise TooDeep(f"nested deeper than {DEEPEST:,} levels")
    try:
        return json.loads(text.decode(), parse_float=_float, parse_int=_integer, parse_constant=_refuse)
    except RecursionError as error:  # the caller left too few calls within calls
        raise TooDeep("nested deeper than can be read here") from error


def repeated_names(text: bytes, value: Json) -> int:
    """How many members of a JSON text in UTF-8 are not in `value`, what `parse` made of it, since their name came again.

    RFC 8259, section 4, leaves it to the reader which of them counts.
    """
    written = serialize(value)
    return 0 if written == text else member_count(text) - member_count(written)


def serialize(value: Json) -> bytes:
    """Compact JSON text in UTF-8; keys keep their order, lone surrogates come out as escapes."""
    try:
        return orjson.dumps(value, default=_as_written)
    except TypeError:  # an integer past 64 bits, a lone surrogate, more than 254 levels
        return "".join(_pieces(value)).encode()


def _is_exact(text: bytes, value: Json) -> bool:
    """Whether orjson, which made `value` of the text, kept every number as it is meant. Never true where it did not."""
    try:
        if orjson.dumps(value) == text or not _may_be_inexact(text):
            return True
        written = orjson.dumps(value)
    except orjson.JSONEncodeError:  # more than 254 levels
        return not _may_be_inexact(text)
    return any(less(written) == less(text) for less in (_without_white_space, _without_strings))


def _without_white_space(text: bytes) -> bytes:
    """Two JSON texts that are equal then have the same numbers: strings end where they did, and so do numbers."""
    return text.translate(None, _WHITE)


def _without_strings(text: bytes) -> bytes:
    """Strings can be written in many ways; what is left has the same numbers, too."""
    return _without_white_space(outside_strings(text))


def _may_be_inexact(text: bytes) -> bool:
    """Never false where orjson would change the value; seldom true elsewhere. Only searches for fixed bytes are quick enough."""
    classes = b" %b " % text.translate(_CLASSES)
    if b"0e" in classes and _EXPONENT.search(classes):
        return True
    if _LONG in classes and (b" " + _LONG in classes or b" -" + _LONG in classes) and _TOO_LONG.search(text):
        return True
    return b"-0 " in classes and _MINUS_ZERO.search(text) is not None


def _float(text: str) -> float:
    number = float(text)
    return number if orjson.dumps(number) == text.encode() else WrittenFloat(text)


def _integer(text: str) -> int | float:
    try:
        return WrittenFloat(text) if text == "-0" else int(text)
    except ValueError:  # more digits than Python wants to read (sys.get_int_max_str_digits)
        return WrittenFloat(text)


def _refuse(text: str) -> Json:
    raise ValueError(f"{text} is not JSON")


def _as_written(value: object) -> orjson.Fragment:
    if isinstance(value, WrittenFloat):
        return orjson.Fragment(value.text)
    raise TypeError(f"{type(value).__name__} is not JSON")


def _pieces(value: Json) -> Iterator[str]:
    """The text of a value of any depth."""
    open_: list[tuple[Iterator[tuple[str, Json]], str]] = [(iter([("", value)]), "")]
    while open_:
        inside, end = open_[-1]
        for before, item in inside:
            yield before
            if isinstance(item, (dict, list)):
                start, inner_end = "{}" if isinstance(item, dict) else "[]"
                yield start
                open_.append((_inside(item), inner_end))
                break
            yield _scalar(item)
        else:
            yield end
            open_.pop()


def _inside(container: dict[str, Json] | list[Json]) -> Iterator[tuple[str, Json]]:
    """What stands before each item of a container, and the item."""
    if isinstance(container, list):
        return (("," if at else "", item) for at, item in enumerate(container))
    return ((f"{',' if at else ''}{_name(key)}:", item) for at, (key, item) in enumerate(container.items()))


def _name(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{key!r} is no name of a member")
    return _scalar(key)


def _scalar(value: Json) -> str:
    if isinstance(value, WrittenFloat):
        return value.text
    if isinstance(value, float):
        return orjson.dumps(value).decode()
    escape = isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value)
    return json.dumps(value, ensure_ascii=escape)


def allow_depth() -> None:
    """Let Python follow values of DEEPEST levels, with what a walk needs for each: the limit that it starts with is 1,000."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _FRAMES * DEEPEST))


@contextmanager
def shallow() -> Iterator[None]:
    """Python's own limit, for readers that get slow on what is nested without end: they raise RecursionError early."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(min(before, _SHALLOW))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
