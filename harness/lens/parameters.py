"""What may stand in a shim file as a step's parameter: one reader for each type that a step's field has."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from harness.lens.condition import TYPES, Condition
from harness.lens.rebuild import rebuilt
from harness.model.json_text import Json, WrittenFloat
from harness.model.paths import parse_path

_BREAKS = re.compile(r"[\r\n\0]")


def checked_types(names: tuple[str, ...]) -> None:
    """Raises ValueError unless these are JSON types, one or more."""
    unknown = [name for name in names if name not in TYPES]
    if unknown or not names:
        raise ValueError(f"{unknown[0]!r} is not a JSON type" if unknown else f"some of {', '.join(TYPES)} are needed")


def checked_header(name: str, value: str = "") -> None:
    """Raises ValueError where one of them would break out of its line."""
    if not name or _BREAKS.search(name + value):
        raise ValueError("a header's name and value are one line")


def _exactly(kind: type) -> Callable[[object], Any]:
    def read(value: object) -> Any:
        if type(value) is not kind:
            raise ValueError(f"{value!r} is not a {kind.__name__}")
        return value

    return read


_text = _exactly(str)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(item) for item in _exactly(list)(value))


def _pairs(value: object) -> tuple[tuple[Json, Json], ...]:
    rows = _exactly(list)(value)
    if any(not isinstance(row, list) or len(row) != 2 for row in rows):
        raise ValueError("rows are pairs: [new value, old value]")
    return tuple((_json(new), _json(old)) for new, old in rows)


def _json(value: object) -> Json:
    """A value of its own, so that nothing that happens to what was read changes the step."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += item.values()
            if any(not isinstance(key, str) for key in item):
                raise ValueError("the names of an object's members are texts")
        elif isinstance(item, list):
            waiting += item
        elif not _is_scalar(item):
            raise ValueError(f"{item!r} is not JSON")
    return rebuilt(value)


def _is_scalar(value: object) -> bool:
    if isinstance(value, float) and not isinstance(value, WrittenFloat):
        return math.isfinite(value)
    return value is None or isinstance(value, (bool, int, float, str))


READERS: Mapping[str, Callable[[object], Any]] = {
    "Path": lambda value: parse_path(_text(value)),
    "Condition": Condition.read,
    "str": _text,
    "int": _exactly(int),
    "bool": _exactly(bool),
    "tuple[str, ...]": _texts,
    "tuple[tuple[Json, Json], ...]": _pairs,
    "Json": _json,
}
"""What each type that a step's field may have is read with; each raises ValueError."""
