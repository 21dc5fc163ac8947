"""Where a value differs from what several runs gave: what differs between those runs is noise, of which only the type is held.

Each difference is told in words. A place that only some of the runs have may be there or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.model.json_text import Json, serialize
from harness.model.paths import Path, format_path

_LONGEST = 60


def differences(references: Sequence[Json], value: Json, path: Path = ()) -> Iterator[str]:
    """What differs in `value` from all of `references` (one at least), in order: `$.a is 2, on old 1`."""
    if all(isinstance(each, dict) for each in (*references, value)):
        yield from _of_objects(references, value, path)
    elif all(isinstance(each, list) for each in (*references, value)):
        yield from _of_lists(references, value, path)
    elif len(told := {serialize(each) for each in references}) == 1:
        if serialize(value) not in told:
            yield f"{format_path(path)} is {short(value)}, on old {short(references[0])}"
    elif alike := [each for each in references if _kind(each) == _kind(value)]:
        if isinstance(value, dict | list) and len(alike) < len(references):
            yield from differences(alike, value, path)
    else:
        yield f"{format_path(path)} is {short(value)}, on old {_kinds(references)}"


def short(value: Json) -> str:
    """`value` as JSON, cut where it is long."""
    text = serialize(value).decode()
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _of_objects(references: Sequence[dict[str, Json]], value: dict[str, Json], path: Path) -> Iterator[str]:
    for key in dict.fromkeys(key for each in references for key in each):
        had = [each[key] for each in references if key in each]
        if key in value:
            yield from differences(had, value[key], (*path, key))
        elif len(had) == len(references):
            yield f"{format_path((*path, key))} is missing, on old it is {short(had[0])}"
    for key in value:
        if not any(key in each for each in references):
            yield f"{format_path((*path, key))} is {short(value[key])}, on old it is missing"


def _of_lists(references: Sequence[list[Json]], value: list[Json], path: Path) -> Iterator[str]:
    lengths = {len(each) for each in references}
    if len(lengths) > 1:
        yield from _of_varying_lists(references, value, path)
        return
    for index, now in enumerate(value[: len(references[0])]):
        yield from differences([each[index] for each in references], now, (*path, index))
    if len(value) not in lengths:
        yield f"{format_path(path)} has {len(value)} elements, on old {len(references[0])}"


def _of_varying_lists(references: Sequence[list[Json]], value: list[Json], path: Path) -> Iterator[str]:
    """Their elements have no fixed place: each is held against those of its kind, wherever they stood."""
    seen = [element for each in references for element in each]
    if not value and all(references):
        yield f"{format_path(path)} is empty, on old it never is"
    for index, now in enumerate(value):
        alike = [each for each in seen if _kind(each) == _kind(now)]
        if seen and not alike:
            yield f"{format_path((*path, index))} is {short(now)}, on old it is {_kinds(seen)}"
        elif alike and isinstance(now, dict):
            yield from _of_objects(alike, now, (*path, index))


def _kinds(values: Sequence[Json]) -> str:
    return " or ".join(sorted(set(map(_kind, values))))


def _kind(value: Json) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case _:
            return "an object"
