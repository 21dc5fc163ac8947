"""Where two values differ, place by place, for a person: DeepDiff finds the places, in the samples that a report shows."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import reduce

import orjson

from harness.model.json_text import Json, WrittenFloat, serialize
from harness.model.paths import Path, format_path
from harness.report.text import line, samples_apart

_LEVELS = 12
_VALUES = 1_000
"""DeepDiff takes some 30 µs for each, and the square of the length for a list of many equal items."""
_ABSENT = "absent"


@dataclass(frozen=True)
class Line:
    """One place where the two differ: its JSONPath from the shown value's root, and short JSON or `absent` for each side."""

    path: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.path}: {self.old} → {self.new}"


@dataclass(frozen=True)
class Explanation:
    """The first places in the order of their paths, and how many `more` there are."""

    lines: tuple[Line, ...] = ()
    more: int = 0

    def __iter__(self) -> Iterator[str]:
        """Each place as one line of text, the last one says what is left out."""
        yield from map(str, self.lines)
        if self.more:
            yield f"and {self.more:,} more"

    def __bool__(self) -> bool:
        return bool(self.lines)


def explained(old: Json, new: Json, most: int = 8, limit: int = 60, about: Set[str] = frozenset()) -> Explanation:
    """Where two containers of one type differ: at most `most` places, each value as JSON of about `limit` characters.

    Where they differ in members of a name that is in `about`, only these are told: what else differs is another story.
    Numbers are shown as they were written and told apart by their value (1 is 1.0). What lies deeper than 12 levels, or
    than 1,000 values go, is one value. Nothing is said where the two differ as wholes: the samples tell that already.
    """
    levels = min(_levels(old), _levels(new))
    if not levels or type(old) is not type(new) or not isinstance(old, (dict, list)):
        return Explanation()
    from deepdiff import DeepDiff  # here, for it takes NumPy and pandas along where they are installed: a gigabyte

    # Dunder names are members like any other here, not Python's private ones.
    tree = DeepDiff(
        _comparable(old, levels),
        _comparable(new, levels),
        view="tree",
        ignore_private_variables=False,
        threshold_to_diff_deeper=0,
    )
    places = sorted(
        (tuple(level.path(output_format="list")), tuple(level.path(output_format="list", use_t2=True)), kind)
        for kind, found in tree.items()
        for level in found
    )
    places = [place for place in places if not about.isdisjoint(place[0])] or places
    return Explanation(tuple(_line(old, new, *place, limit) for place in places[:most]), len(places[most:]))


def _line(old: Json, new: Json, in_old: Path, in_new: Path, kind: str, limit: int) -> Line:
    if kind.endswith("_removed"):
        before, after = samples_apart(_at(old, in_old), None, limit)[0], _ABSENT
    elif kind.endswith("_added"):
        before, after = _ABSENT, samples_apart(None, _at(new, in_new), limit)[1]
    else:
        before, after = samples_apart(_at(old, in_old), _at(new, in_new), limit)
    return Line(line(format_path(in_old), 200), before, after)


def _at(value: Json, path: Path) -> Json:
    return reduce(lambda inside, step: inside[step], path, value)


def _levels(value: Json) -> int:
    """How many levels of a value can be compared within the bounds."""
    row, seen = [value], 0
    for level in range(_LEVELS):
        row = [item for each in row for item in _items(each)]
        seen += len(row)
        if seen > _VALUES:
            return level
    return _LEVELS


def _items(value: Json) -> list[Json]:
    match value:
        case dict():
            return list(value.values())
        case list():
            return value
        case _:
            return []


def _comparable(value: Json, levels: int) -> Json:
    """The value with a text for each scalar, and for each container that lies too deep: DeepDiff only compares texts."""
    match value:
        case dict() if levels:
            return {key: _comparable(item, levels - 1) for key, item in value.items()}
        case list() if levels:
            return [_comparable(item, levels - 1) for item in value]
        case float():
            return str(int(value)) if value.is_integer() else repr(float(value))
        case dict() | list():
            return _as_one(value)
        case _:
            return serialize(value).decode()


def _as_one(container: Json) -> str:
    """The same text whatever the members' order, as far as orjson goes: not past 64 bits, and not past 254 levels."""
    try:
        return orjson.dumps(container, option=orjson.OPT_SORT_KEYS, default=_as_written).decode()
    except orjson.JSONEncodeError:
        return serialize(container).decode()


def _as_written(value: object) -> orjson.Fragment:
    if isinstance(value, WrittenFloat):
        return orjson.Fragment(value.text)
    raise TypeError(f"{type(value).__name__} is not JSON")
