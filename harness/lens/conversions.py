"""Ways in which two versions write one scalar: each a total function from NEW's form to OLD's, UNFIT for any other value."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from harness.model.json_text import Json


class Unfit:
    """What a conversion answers for a value that is not in the form it reads."""


UNFIT = Unfit()
_INTEGER = re.compile(r"-?(?:0|[1-9]\d*)")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?")
_EPOCH_RANGE = range(10**8, 10**10)


@dataclass(frozen=True)
class Conversion:
    """`forward` turns NEW's form into OLD's; `back` names the conversion that undoes it ("" when none does)."""

    name: str
    forward: Callable[[Json], Json | Unfit]
    back: str = ""


def _integer(value: Json) -> bool:
    return type(value) is int


def _string_to_integer(value: Json) -> Json | Unfit:
    return (
        int(value)
        if isinstance(value, str) and _INTEGER.fullmatch(value) and value != "-0" and len(value) < 4000
        else UNFIT
    )


def _integer_to_string(value: Json) -> Json | Unfit:
    return str(value) if _integer(value) else UNFIT


def _string_to_number(value: Json) -> Json | Unfit:
    if not (isinstance(value, str) and _NUMBER.fullmatch(value)):
        return UNFIT
    if "." not in value:
        return _string_to_integer(value)
    number = float(value)
    return number if math.isfinite(number) else UNFIT


def _number_to_string(value: Json) -> Json | Unfit:
    return str(value) if type(value) in (int, float) else UNFIT


def _float_to_integer(value: Json) -> Json | Unfit:
    return int(value) if isinstance(value, float) and value.is_integer() else UNFIT


def _integer_to_float(value: Json) -> Json | Unfit:
    return float(value) if _integer(value) and abs(value) <= 2**53 else UNFIT


def _pairs(**table: Json) -> Mapping[str, tuple[Json, Json]]:
    return {name.replace("_", "-"): (row[0], row[1]) for name, row in table.items()}


_BOOLEANS = _pairs(
    integer=(0, 1),
    string=("false", "true"),
    digits=("0", "1"),
    y_n=("N", "Y"),
    yes_no=("no", "yes"),
    on_off=("off", "on"),
)


def _same(left: Json, right: Json) -> bool:
    return type(left) is type(right) and bool(left == right)


def _to_boolean(pair: tuple[Json, Json]) -> Callable[[Json], Json | Unfit]:
    no, yes = pair
    return lambda value: True if _same(value, yes) else False if _same(value, no) else UNFIT


def _from_boolean(pair: tuple[Json, Json]) -> Callable[[Json], Json | Unfit]:
    no, yes = pair
    return lambda value: UNFIT if type(value) is not bool else yes if value else no


def _epoch_to_iso(scale: int, zone: str) -> Callable[[Json], Json | Unfit]:
    def convert(value: Json) -> Json | Unfit:
        if not _integer(value) or value // scale not in _EPOCH_RANGE:
            return UNFIT
        moment = datetime.fromtimestamp(value // scale, UTC).strftime("%Y-%m-%dT%H:%M:%S")
        fraction = f".{value % scale:03d}" if scale == 1000 else ""
        return moment + fraction + zone

    return convert


def _moment(value: Json) -> datetime | None:
    if not isinstance(value, str) or not (match := _ISO.fullmatch(value)):
        return None
    date, time, fraction, zone = match.groups()
    try:
        return datetime.fromisoformat(f"{date}T{time}{(fraction or '')[:7]}{'+00:00' if zone in (None, 'Z') else zone}")
    except ValueError:
        return None


def _iso_to_epoch(scale: int) -> Callable[[Json], Json | Unfit]:
    def convert(value: Json) -> Json | Unfit:
        moment = _moment(value)
        return UNFIT if moment is None else round(moment.timestamp() * scale)

    return convert


def _iso_to_rfc1123(value: Json) -> Json | Unfit:
    moment = _moment(value)
    return UNFIT if moment is None else format_datetime(moment.astimezone(UTC), usegmt=True)


def _rfc1123_to_iso(value: Json) -> Json | Unfit:
    if not isinstance(value, str) or not value.endswith("GMT"):
        return UNFIT
    try:
        return parsedate_to_datetime(value).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, TypeError, IndexError):
        return UNFIT


def _text_change(change: Callable[[str], str]) -> Callable[[Json], Json | Unfit]:
    return lambda value: change(value) if isinstance(value, str) else UNFIT


def _zone_change(pattern: str, replacement: str) -> Callable[[Json], Json | Unfit]:
    compiled = re.compile(pattern)

    def convert(value: Json) -> Json | Unfit:
        if not isinstance(value, str) or not _ISO.fullmatch(value):
            return UNFIT
        changed, count = compiled.subn(replacement, value)
        return changed if count else UNFIT

    return convert


def _from_base64(value: Json) -> Json | Unfit:
    if not isinstance(value, str) or len(value) % 4:
        return UNFIT
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return UNFIT


def _scaled(power: int) -> Callable[[Json], Json | Unfit]:
    def convert(value: Json) -> Json | Unfit:
        if type(value) not in (int, float) or not math.isfinite(value):
            return UNFIT
        exact = value * 10**power if power >= 0 else value / 10**-power
        if not math.isfinite(exact):
            return UNFIT
        rounded = round(exact, max(0, 12 - power))
        return int(rounded) if float(rounded).is_integer() and (_integer(value) or power > 0) else rounded

    return convert


def _all() -> list[Conversion]:
    found = [
        Conversion("string-to-integer", _string_to_integer, "integer-to-string"),
        Conversion("integer-to-string", _integer_to_string, "string-to-integer"),
        Conversion("string-to-number", _string_to_number, "number-to-string"),
        Conversion("number-to-string", _number_to_string, "string-to-number"),
        Conversion("float-to-integer", _float_to_integer, "integer-to-float"),
        Conversion("integer-to-float", _integer_to_float, "float-to-integer"),
        Conversion("lower-case", _text_change(str.lower)),
        Conversion("upper-case", _text_change(str.upper)),
        Conversion("trim", _text_change(str.strip)),
        Conversion("iso-to-rfc1123", _iso_to_rfc1123, "rfc1123-to-iso"),
        Conversion("rfc1123-to-iso", _rfc1123_to_iso, "iso-to-rfc1123"),
        Conversion("iso-without-fraction", _zone_change(r"\.\d+", "")),
        Conversion("iso-space-to-t", _zone_change(r" ", "T"), "iso-t-to-space"),
        Conversion("iso-t-to-space", _zone_change(r"T", " "), "iso-space-to-t"),
        Conversion("iso-offset-to-z", _zone_change(r"\+00:00$", "Z"), "iso-z-to-offset"),
        Conversion("iso-z-to-offset", _zone_change(r"Z$", "+00:00"), "iso-offset-to-z"),
        Conversion("iso-without-zone", _zone_change(r"(Z|\+00:00)$", "")),
        Conversion("iso-with-z", _zone_change(r"(?<![Z0-9:+-][0-9]{2}:[0-9]{2})(?<=[0-9])$", "Z")),
        Conversion("date-of-iso", lambda value: value[:10] if _moment(value) else UNFIT),
        Conversion("text-from-base64", _from_base64, "text-to-base64"),
        Conversion(
            "text-to-base64",
            _text_change(lambda text: base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()),
            "text-from-base64",
        ),
    ]
    for name, pair in _BOOLEANS.items():
        found.append(Conversion(f"{name}-to-boolean", _to_boolean(pair), f"boolean-to-{name}"))
        found.append(Conversion(f"boolean-to-{name}", _from_boolean(pair), f"{name}-to-boolean"))
    for unit, scale in (("seconds", 1), ("milliseconds", 1000)):
        found.append(Conversion(f"{unit}-to-iso", _epoch_to_iso(scale, "Z"), f"iso-to-{unit}"))
        found.append(Conversion(f"{unit}-to-iso-offset", _epoch_to_iso(scale, "+00:00"), f"iso-to-{unit}"))
        found.append(Conversion(f"iso-to-{unit}", _iso_to_epoch(scale), f"{unit}-to-iso"))
    for power in (1, 2, 3, 6, 9):
        found.append(Conversion(f"times-1e{power}", _scaled(power), f"times-1e-{power}"))
        found.append(Conversion(f"times-1e-{power}", _scaled(-power), f"times-1e{power}"))
    return found


CONVERSIONS: Mapping[str, Conversion] = {conversion.name: conversion for conversion in _all()}
