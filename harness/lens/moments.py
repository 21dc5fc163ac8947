"""Conversions of moments: seconds to nanoseconds since 1970, ISO 8601 in its usual forms, and HTTP's RFC 1123.

What has no zone is never taken for UTC on its own: `iso-with-z` says so where it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar

from harness.lens.conversion import Conversion, on, pair

_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ])((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])"
    r"(\.[0-9]+)?(Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?"
)
_RFC1123 = re.compile(r"[A-Z][a-z]{2}, ([0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2}) GMT")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = {"seconds": 0, "milliseconds": 3, "microseconds": 6, "nanoseconds": 9}
"""Digits behind a second's point."""
_SECONDS = range(10**8, 10**10)
"""From 1973 to 2286: a number outside is hardly a moment."""

T = TypeVar("T")
Rewrite = Callable[[str], str | None]


class Parts(NamedTuple):
    """An ISO text, cut; `fraction` has its point, `between` is T or a space, and what is not there is empty."""

    day: str
    between: str
    time: str
    fraction: str
    zone: str


def conversions() -> Iterator[Conversion]:
    """Those of a pair read just what the other writes; `any-iso-…` read every zone, and cut what is finer than their unit."""
    yield from _counts()
    day, http = "2024-02-29T23:59:59", "Thu, 29 Feb 2024 23:59:59 GMT"
    offset, west = f"{day}+00:00", "2024-02-29T18:59:59-05:00"
    yield from _rewriting("iso-to-rfc1123", _iso_to_rfc1123, "rfc1123-to-iso", _rfc1123_to_iso, (f"{day}Z", http))
    yield Conversion("any-iso-to-rfc1123", on(str, _iso_to_rfc1123), (west, http), "rfc1123-to-iso")
    between = ("2024-02-29 23:59:59", day)
    yield from _rewriting("iso-space-to-t", _part(between="T"), "iso-t-to-space", _part(between=" "), between)
    zones = _zone({"+00:00": "Z"}), _zone({"Z": "+00:00"})
    yield from _rewriting("iso-offset-to-z", zones[0], "iso-z-to-offset", zones[1], (offset, f"{day}Z"))
    yield Conversion("any-iso-to-utc", on(str, _to_utc), (west, f"{day}Z"))
    yield Conversion("iso-with-z", on(str, _zone({"": "Z"})), (day, f"{day}Z"), "iso-without-zone")
    yield Conversion("iso-without-zone", on(str, _zone({"Z": "", "+00:00": ""})), (offset, day), "iso-with-z")
    yield Conversion("iso-without-fraction", on(str, _part(fraction="")), (f"{day}.25Z", f"{day}Z"))
    date = _part(between="", time="", fraction="", zone="")
    yield Conversion("date-of-iso", on(str, date), (f"{day}Z", "2024-02-29"))


def _counts() -> Iterator[Conversion]:
    for unit, digits in _UNITS.items():
        scale, point = 10**digits, f".{'0' * digits}" if digits else ""
        for form, zone in (("iso", "Z"), ("iso-offset", "+00:00")):
            write = _iso(digits, zone)
            read = _undone(_count(scale), write)
            example = 1709251199 * scale, f"2024-02-29T23:59:59{point}{zone}"
            yield from pair(f"{unit}-to-{form}", on(int, write), f"{form}-to-{unit}", on(str, read), example)
        west = f"2024-02-29T18:59:59{point}-05:00", 1709251199 * scale
        yield Conversion(f"any-iso-to-{unit}", on(str, _count(scale)), west, f"{unit}-to-iso")
    example = 1709251199, "Thu, 29 Feb 2024 23:59:59 GMT"
    yield from pair("seconds-to-rfc1123", on(int, _to_http), "rfc1123-to-seconds", on(str, _from_http), example)


def _rewriting(name: str, change: Rewrite, back: str, undo: Rewrite, example: tuple[str, str]) -> Iterator[Conversion]:
    forward, backward = _undone(change, undo), _undone(undo, change)
    return pair(name, on(str, forward), back, on(str, backward), example)


def _undone(change: Callable[[str], T | None], undo: Callable[[T], str | None]) -> Callable[[str], T | None]:
    """`change`, only of texts that `undo` brings back."""

    def exact(text: str) -> T | None:
        changed = change(text)
        return changed if changed is not None and undo(changed) == text else None

    return exact


def _count(scale: int) -> Callable[[str], int | None]:
    """The whole units of 1/scale seconds since 1970."""

    def count(text: str) -> int | None:
        moment, parts = _moment(text), cut(text)
        if moment is None or parts is None or (seconds := (moment - _ZERO) // timedelta(seconds=1)) not in _SECONDS:
            return None
        return seconds * scale + int(parts.fraction[1:10].ljust(9, "0")) * scale // 10**9

    return count


def _iso(digits: int, zone: str) -> Callable[[int], str | None]:
    def write(count: int) -> str | None:
        seconds, rest = divmod(count, 10**digits)
        if seconds not in _SECONDS:
            return None
        return f"{_ZERO + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S}{f'.{rest:0{digits}}' if digits else ''}{zone}"

    return write


def _to_http(count: int) -> str | None:
    text = _iso(0, "Z")(count)
    return None if text is None else _iso_to_rfc1123(text)


def _from_http(text: str) -> int | None:
    iso = _rfc1123_to_iso(text)
    return _count(1)(iso) if iso is not None and _iso_to_rfc1123(iso) == text else None


def _to_utc(text: str) -> str | None:
    """The fraction is written as it was; what is in UTC already is written with Z."""
    moment, parts = _moment(text), cut(text)
    if moment is None or parts is None:
        return None
    return f"{moment.year:04}-{moment:%m-%d}{parts.between}{moment:%H:%M:%S}{parts.fraction}Z"


def _iso_to_rfc1123(text: str) -> str | None:
    moment = _moment(text)
    if moment is None:
        return None
    return f"{_DAYS[moment.weekday()]}, {moment:%d} {_MONTHS[moment.month - 1]} {moment.year:04} {moment:%H:%M:%S} GMT"


def _rfc1123_to_iso(text: str) -> str | None:
    found = _RFC1123.fullmatch(text)
    if found is None:
        return None
    day, month, year, time = found[1].split(" ")
    return f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{time}Z" if month in _MONTHS else None


def cut(text: str) -> Parts | None:
    """The parts of an ISO 8601 day and time, to the second at least; None for any other text."""
    found = _ISO.fullmatch(text)
    return None if found is None else Parts(*found.groups(default=""))


def _moment(text: str) -> datetime | None:
    """In UTC, what is finer than microseconds cut; None where no zone is said, or for a day that does not exist."""
    parts = cut(text)
    if parts is None or not parts.zone:
        return None
    zone = parts.zone.replace("Z", "+00:00")
    try:
        return datetime.fromisoformat(f"{parts.day}T{parts.time}{parts.fraction[:7]}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):  # OverflowError: before year 1 or after 9999 in UTC
        return None


def _part(**parts: str) -> Rewrite:
    """Exchange parts; None where that changes nothing."""

    def rewrite(text: str) -> str | None:
        found = cut(text)
        changed = "".join(found._replace(**parts)) if found else text
        return None if changed == text else changed

    return rewrite


def _zone(zones: Mapping[str, str]) -> Rewrite:
    """Exchange the zone, where the table has it."""

    def rewrite(text: str) -> str | None:
        found = cut(text)
        return "".join(found._replace(zone=zones[found.zone])) if found and found.zone in zones else None

    return rewrite
