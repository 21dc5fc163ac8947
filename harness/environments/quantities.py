"""Quantities as people write them: `80ms`, `2%`, `512M`, `1mbit`, each as a number of one unit."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from harness.environments.checks import mistake

_SECONDS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_BYTES = {"": 1.0, "b": 1.0, "k": 2.0**10, "m": 2.0**20, "g": 2.0**30, "kb": 2.0**10, "mb": 2.0**20, "gb": 2.0**30}
_BITS = {"bit": 1.0, "kbit": 1e3, "mbit": 1e6, "gbit": 1e9}


def duration(value: Any) -> Any:
    """Seconds, of `80ms`, `1.5s`, `2m`, or of a number of seconds."""
    return value if _is_number(value) else _quantity(value, _SECONDS, "a duration", "80ms, 1.5s or 2m")


def share(value: Any) -> Any:
    """A number from 0 to 1, of `2%` or of the number itself."""
    found = value if _is_number(value) else _quantity(value, {"": 1.0, "%": 0.01}, "a share", "2% or 0.02")
    if isinstance(found, int | float) and not 0 <= found <= 1:
        raise mistake(f"{value!r} is no share of a whole", "write 2% or 0.02")
    return found


def size(value: Any) -> Any:
    """Bytes, of `512M`, `2G` (powers of 1024, as Docker's), or of a number of bytes."""
    return value if _is_number(value) else int(_quantity(value, _BYTES, "a size", "512M or 2G"))


def rate(value: Any) -> Any:
    """Bits a second, of `256kbit` or `1mbit`."""
    return _quantity(value, _BITS, "a rate", "256kbit or 1mbit")


def _quantity(value: Any, units: Mapping[str, float], what: str, such_as: str) -> float:
    match = re.fullmatch(r"([+-]?\d+(?:\.\d+)?)\s*([a-z%]*)", str(value).strip().lower())
    if match is None or match[2] not in units:
        raise mistake(f"{value!r} is not {what}", f"write {such_as}")
    return float(match[1]) * units[match[2]]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


Duration = Annotated[float, BeforeValidator(duration, json_schema_input_type=str | float)]
Share = Annotated[float, BeforeValidator(share, json_schema_input_type=str | float)]
Size = Annotated[int, BeforeValidator(size, json_schema_input_type=str | int)]
Rate = Annotated[float, BeforeValidator(rate, json_schema_input_type=str)]
