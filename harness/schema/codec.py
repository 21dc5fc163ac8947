"""A summary as a JSON value and back, so that summaries made in different processes or on different days can be merged.

The same summary always gives the same value: sets come out sorted. What is absent, zero or empty is left out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from harness.model.errors import BadFile
from harness.model.json_text import Json, WrittenFloat
from harness.schema import formats
from harness.schema.scalars import Numbers, Strings
from harness.schema.summary import Arrays, Objects, Summary
from harness.schema.variants import Presence


def to_json(summary: Summary) -> dict[str, Json]:
    """The summary as a JSON value for harness.model.json_text.serialize."""
    written: dict[str, Json] = {
        name: count
        for name, count in (("null", summary.nulls), ("true", summary.trues), ("false", summary.falses))
        if count
    }
    parts = (summary.integers, summary.floats, summary.strings, summary.arrays, summary.objects)
    for (name, (_, write, _)), part in zip(_PARTS.items(), parts, strict=True):
        if part is not None:
            written[name] = write(part)
    return written


def from_json(written: Json) -> Summary:
    """The summary that `to_json` wrote. Raises BadFile on any other value."""
    try:
        return _read(written)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        hint = "summaries are written by harness.schema.codec.to_json"
        raise BadFile(f"this is not a summary: {error!r}", hint=hint) from error


def _read(written: Mapping[str, Json]) -> Summary:
    summary = Summary(written.get("null", 0), written.get("true", 0), written.get("false", 0))
    for name, (attribute, _, read) in _PARTS.items():
        if name in written:
            setattr(summary, attribute, read(written[name]))
    return summary


def _write_numbers(part: Numbers[Any]) -> Json:
    distinct = None if part.distinct is None else list(map(_finite, sorted(part.distinct)))
    return {"count": part.count, "low": _finite(part.low), "high": _finite(part.high), "distinct": distinct}


def _read_numbers(written: Json) -> Numbers[Any]:
    distinct = written["distinct"]
    return Numbers(
        written["count"], _plain(written["low"]), _plain(written["high"]), _set(distinct and map(_plain, distinct))
    )


def _write_strings(part: Strings) -> Json:
    return {
        "count": part.count,
        "shortest": part.shortest,
        "longest": part.longest,
        "formats": formats.names(part.formats),
        "distinct": None if part.distinct is None else dict(sorted(part.distinct.items())),
    }


def _read_strings(written: Json) -> Strings:
    mask = formats.mask_of(written["formats"])
    distinct = None if written["distinct"] is None else Counter(dict(written["distinct"]))
    return Strings(written["count"], written["shortest"], written["longest"], mask, distinct)


def _write_arrays(part: Arrays) -> Json:
    written: dict[str, Json] = {"count": part.count, "shortest": part.shortest, "longest": part.longest}
    if part.items is not None:
        written["items"] = to_json(part.items)
    else:
        written["positions"] = [to_json(position) for position in part.positions or ()]
    return written | ({"unseen": part.unseen} if part.unseen else {})


def _read_arrays(written: Json) -> Arrays:
    arrays = Arrays(written["count"], written["shortest"], written["longest"], unseen=written.get("unseen", 0))
    if "items" in written:
        arrays.positions, arrays.items = None, _read(written["items"])
    else:
        arrays.positions = [_read(position) for position in written["positions"]]
    return arrays


def _write_objects(part: Objects) -> Json:
    written: dict[str, Json] = {"count": part.count}
    if part.values is not None and part.names is not None:
        written |= {"values": to_json(part.values), "names": _write_strings(part.names)}
    else:
        written["keys"] = {key: to_json(child) for key, child in sorted((part.keys or {}).items())}
    if part.variants is not None:
        written["variants"] = {
            name: {value: _write_presence(presence) for value, presence in sorted(values.items())}
            for name, values in sorted(part.variants.items())
        }
    return written | ({"unseen": part.unseen} if part.unseen else {})


def _read_objects(written: Json) -> Objects:
    objects = Objects(written["count"], unseen=written.get("unseen", 0))
    if "values" in written:
        objects.keys, objects.values, objects.names = None, _read(written["values"]), _read_strings(written["names"])
    else:
        objects.keys = {key: _read(child) for key, child in written["keys"].items()}
    if "variants" in written:
        objects.variants = {
            name: {value: _read_presence(presence) for value, presence in values.items()}
            for name, values in written["variants"].items()
        }
    return objects


def _write_presence(presence: Presence) -> Json:
    return {"count": presence.count, "always": sorted(presence.always), "ever": sorted(presence.ever)}


def _read_presence(written: Json) -> Presence:
    return Presence(written["count"], frozenset(written["always"]), frozenset(written["ever"]))


def _finite(number: float | None) -> Json:
    """JSON has no infinity, but 1e999 is read as one."""
    if number is None or not math.isinf(number):
        return number
    return WrittenFloat("1e999" if number > 0 else "-1e999")


def _plain(number: Json) -> Json:
    return float(number) if isinstance(number, float) else number


def _set(values: Any) -> set[Any] | None:
    return None if values is None else set(values)


_PARTS: Mapping[str, tuple[str, Callable[[Any], Json], Callable[[Json], Any]]] = {
    "integer": ("integers", _write_numbers, _read_numbers),
    "float": ("floats", _write_numbers, _read_numbers),
    "string": ("strings", _write_strings, _read_strings),
    "array": ("arrays", _write_arrays, _read_arrays),
    "object": ("objects", _write_objects, _read_objects),
}
