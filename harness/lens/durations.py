"""Conversions of durations: ISO 8601's text (`P1DT2H30M`) and a number of seconds.

Years and months are of no fixed length, and are not read; nor are weeks, which nobody mixes with the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from harness.lens.conversion import Conversion, on, pair

_DURATION = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]{1,9})D)?(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(\.[0-9]{1,6})?S)?)?"
)
_LENGTHS = (86400, 3600, 60, 1)
_MOST = 10**11
"""Seconds: some three thousand years. In larger numbers a float cannot hold a microsecond."""


def conversions() -> Iterator[Conversion]:
    """Each reads just what the other writes: the days, hours, minutes and seconds that are not 0, and `PT0S` for nothing."""
    example = "P1DT2H", 93600
    yield from pair("duration-to-seconds", on(str, _exactly(_whole)), "seconds-to-duration", on(int, _written), example)
    decimals = "PT1M0.25S", 60.25
    yield from pair(
        "duration-to-decimal-seconds",
        on(str, _exactly(_decimal)),
        "decimal-seconds-to-duration",
        on(float, _written_back),
        decimals,
    )


def _exactly(read: Callable[[str], int | float | None]) -> Callable[[str], int | float | None]:
    """`read`, only of texts in the form that is written here."""

    def exact(text: str) -> int | float | None:
        seconds = read(text)
        return seconds if seconds is not None and _written(seconds) == text else None

    return exact


def _whole(text: str) -> int | None:
    seconds = _decimal(text)
    return int(seconds) if seconds is not None and seconds.is_integer() else None


def _decimal(text: str) -> float | None:
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    sign, *counts, fraction = found.groups()
    seconds = sum(int(count or 0) * length for count, length in zip(counts, _LENGTHS, strict=True))
    return float(f"{sign}{seconds}{fraction or ''}") if seconds < _MOST else None


def _written_back(seconds: float) -> str | None:
    """Only numbers that the text brings back, -0.0 not among them."""
    text = _written(seconds)
    return text if text is not None and str(_decimal(text)) == str(float(seconds)) else None


def _written(seconds: float) -> str | None:
    if not abs(seconds) < _MOST:
        return None
    rest, fraction = f"{abs(seconds):.6f}".split(".")
    left = int(rest)
    counts = []
    for length in _LENGTHS:
        count, left = divmod(left, length)
        counts.append(str(count))
    digits = fraction.rstrip("0")
    if digits:
        counts[-1] += f".{digits}"
    day, *time = [f"{count}{unit}" if count != "0" else "" for count, unit in zip(counts, "DHMS", strict=True)]
    clock = "".join(time)
    body = day + (f"T{clock}" if clock else "")
    return f"{'-' if seconds < 0 else ''}P{body or 'T0S'}"
