"""The scalars of a place as JSON Schema keywords, and the support that each statement has."""

from __future__ import annotations

import math
import re

from harness.model.json_text import Json
from harness.schema import formats
from harness.schema.places import VARIETY, distinct
from harness.schema.scalars import Strings
from harness.schema.summary import Summary

ENUM_VALUES, ENUM_SAMPLES = 12, 10
"""Strings are an enum when there are 2 to 12 different ones, all like identifiers, with 10 samples for each on average,
while a neighbour took VARIETY times as many values: else the same few objects may just have been seen again and again."""

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_.:+/-]{0,31}", re.ASCII)

Schema = dict[str, Json]


def counts_by_type(summary: Summary) -> dict[str, int]:
    """How many values there were of each JSON Schema type; integers count as numbers where there are floats too."""
    integers, floats = (0 if part is None else part.count for part in (summary.integers, summary.floats))
    seen = {
        "null": summary.nulls,
        "boolean": summary.trues + summary.falses,
        "integer": 0 if floats else integers,
        "number": integers + floats if floats else 0,
        "string": 0 if summary.strings is None else summary.strings.count,
        "array": 0 if summary.arrays is None else summary.arrays.count,
        "object": 0 if summary.objects is None else summary.objects.count,
    }
    return {name: count for name, count in seen.items() if count}


def scalar_keywords(summary: Summary, contrast: int) -> Schema:
    """Bounds, lengths, format and enum. `contrast` is how many different values a neighbour took."""
    schema = _numbers(summary)
    if summary.strings is not None:
        schema |= _strings(summary.strings)
        if _is_enum(summary, contrast):
            schema["enum"] = all_values(summary)
    return schema


def support(summary: Summary, is_enum: bool = False) -> Schema:
    """How many samples, how many of each type where there are several, how many different scalars; of an enum, how many
    of each text."""
    types, values = counts_by_type(summary), distinct(summary)
    found: Schema = {"samples": summary.count}
    if len(types) > 1:
        found["types"] = types
    if summary.arrays is None and summary.objects is None:
        found["distinct"] = "many" if values is None else values
    if is_enum and summary.strings is not None and summary.strings.distinct is not None:
        found["values"] = dict(sorted(summary.strings.distinct.items()))
    unseen = sum(part.unseen for part in (summary.arrays, summary.objects) if part is not None)
    return found | ({"unseen": unseen} if unseen else {})


def all_values(summary: Summary) -> list[Json] | None:
    """Every scalar that was seen, sorted within its type; None where there were containers, or too many to keep."""
    if summary.arrays is not None or summary.objects is not None or distinct(summary) is None:
        return None
    texts = sorted((summary.strings and summary.strings.distinct) or ())
    numbers = [number for part in (summary.integers, summary.floats) if part for number in sorted(part.distinct or ())]
    if not all(isinstance(number, int) or math.isfinite(number) for number in numbers):
        return None
    constants = ((summary.trues, True), (summary.falses, False), (summary.nulls, None))
    return [*texts, *numbers, *(value for count, value in constants if count)]


def _numbers(summary: Summary) -> Schema:
    lows = [part.low for part in (summary.integers, summary.floats) if part is not None and part.low is not None]
    highs = [part.high for part in (summary.integers, summary.floats) if part is not None and part.high is not None]
    bounds = {"minimum": min(lows, default=math.inf), "maximum": max(highs, default=math.inf)}
    return {name: bound for name, bound in bounds.items() if isinstance(bound, int) or math.isfinite(bound)}


def _strings(strings: Strings) -> Schema:
    schema: Schema = {"minLength": strings.shortest, "maxLength": strings.longest}
    found = next(iter(formats.names(strings.formats)), None)
    if found == "base64":
        return schema | {"contentEncoding": found}
    return schema | ({"format": found} if found else {})


def _is_enum(summary: Summary, contrast: int) -> bool:
    strings = summary.strings
    if strings is None or strings.distinct is None or counts_by_type(summary).keys() - {"null", "string"}:
        return False
    return (
        2 <= len(strings.distinct) <= ENUM_VALUES
        and strings.count >= ENUM_SAMPLES * len(strings.distinct)
        and contrast >= VARIETY * len(strings.distinct)
        and all(map(_IDENTIFIER.fullmatch, strings.distinct))
    )
