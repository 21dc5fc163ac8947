"""A summary seen as JSON Schema 2020-12: what the traffic showed, each statement with its support.

Every value that went into a summary is valid under its view.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from harness.model.json_text import Json
from harness.schema import formats
from harness.schema.places import is_map, is_tuple
from harness.schema.scalars import Numbers, Strings
from harness.schema.summary import Arrays, Objects, Summary, as_map

DIALECT = "https://json-schema.org/draft/2020-12/schema"

REQUIRED_SAMPLES = 2
"""A key is required when it was present in every object, of at least this many."""

ENUM_VALUES, ENUM_SAMPLES, ENUM_CONTRAST = 12, 10, 3
"""Strings are an enum when there are 2 to 12 different ones, all like identifiers, with 10 samples for each on average,
while a neighbour took 3 times as many values: else the same few objects may just have been seen again and again."""

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_.:+/-]{0,31}", re.ASCII)

Schema = dict[str, Json]


def json_schema(summary: Summary) -> Schema:
    """The JSON Schema of what has been summarized. `{}`, with its support, when nothing was."""
    return {"$schema": DIALECT} | node_schema(summary)


def node_schema(summary: Summary, contrast: int = 0) -> Schema:
    """The schema of one place, without `$schema`. `contrast` is how many different values a neighbour took."""
    schema: Schema = {}
    types = _types(summary)
    if types:
        schema["type"] = types[0] if len(types) == 1 else types
    schema |= _numbers(summary)
    if summary.strings is not None:
        schema |= _strings(summary.strings)
        schema |= _enum(summary, types, contrast)
    if summary.arrays is not None:
        schema |= _arrays(summary, summary.arrays)
    if summary.objects is not None:
        schema |= _objects(summary.objects)
    return schema | {"x-backfit-support": _support(summary)}


def _types(summary: Summary) -> list[str]:
    seen = {
        "null": summary.nulls,
        "boolean": summary.trues + summary.falses,
        "integer": summary.integers and not summary.floats,
        "number": summary.floats,
        "string": summary.strings,
        "array": summary.arrays,
        "object": summary.objects,
    }
    return [name for name, part in seen.items() if part]


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


def _enum(summary: Summary, types: list[str], contrast: int) -> Schema:
    strings = summary.strings
    if strings is None or strings.distinct is None or set(types) - {"null", "string"}:
        return {}
    values = sorted(strings.distinct)
    strong = (
        2 <= len(values) <= ENUM_VALUES
        and strings.count >= ENUM_SAMPLES * len(values)
        and contrast >= ENUM_CONTRAST * len(values)
        and all(map(_IDENTIFIER.fullmatch, values))
    )
    return {"enum": [*values, None] if summary.nulls else values} if strong else {}


def _arrays(summary: Summary, arrays: Arrays) -> Schema:
    schema: Schema = {"minItems": arrays.shortest, "maxItems": arrays.longest}
    if is_tuple(summary):
        return schema | {"prefixItems": [node_schema(position) for position in arrays.positions or ()], "items": False}
    return schema | ({"items": node_schema(arrays.elements)} if arrays.count > arrays.unseen and arrays.longest else {})


def _objects(objects: Objects) -> Schema:
    if is_map(objects):
        return {"additionalProperties": node_schema(as_map(objects)[0])}
    keys = objects.keys or {}
    required = sorted(key for key, child in keys.items() if child.count == objects.count >= REQUIRED_SAMPLES)
    contrast = _most_distinct(keys)
    schema: Schema = {"properties": {key: node_schema(child, contrast) for key, child in sorted(keys.items())}}
    return schema | ({"required": required} if required else {})


def _most_distinct(keys: Mapping[str, Summary]) -> int:
    counts = (_distinct(child) for child in keys.values())
    return max((10**9 if count is None else count for count in counts), default=0)


def _support(summary: Summary) -> Schema:
    distinct = _distinct(summary)
    support: Schema = {"samples": summary.count, "distinct": "many" if distinct is None else distinct}
    if summary.arrays is not None or summary.objects is not None:
        del support["distinct"]
    unseen = sum(part.unseen for part in (summary.arrays, summary.objects) if part is not None)
    return support | ({"unseen": unseen} if unseen else {})


def _distinct(summary: Summary) -> int | None:
    """How many different scalars there are; None for more than are kept."""
    parts: tuple[Numbers[int] | Numbers[float] | Strings | None, ...]
    parts = (summary.integers, summary.floats, summary.strings)
    kept = [part.distinct for part in parts if part is not None]
    constants = sum(map(bool, (summary.nulls, summary.trues, summary.falses)))
    return None if None in kept else constants + sum(len(values) for values in kept if values is not None)
