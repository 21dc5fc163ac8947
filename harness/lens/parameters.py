"""What may stand in a shim file as a step's parameter: one reader for each type that a step's field has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from harness.lens.condition import Condition
from harness.lens.form import TYPES, is_scalar
from harness.lens.rebuild import rebuilt
from harness.model.json_text import Json
from harness.model.paths import Path, Wild, parse_path

_BREAKS = re.compile(r"[\r\n\0]")

_LONGEST = 4096
"""Characters of a text in a step. It may come to stand at each of an answer's many places: this is no place for data."""
_DEEPEST = 256
"""Levels of a path."""


def checked_types(names: tuple[str, ...]) -> None:
    """Raises ValueError unless these are JSON types, one or more."""
    unknown = [name for name in names if name not in TYPES]
    if unknown or not names:
        raise ValueError(f"{unknown[0]!r} is not a JSON type" if unknown else f"some of {', '.join(TYPES)} are needed")


def checked_header(name: str, value: str = "") -> None:
    """Raises ValueError where one of them would break out of its line."""
    if not name or _BREAKS.search(name + value):
        raise ValueError("a header's name and value are one line")


def checked_place(path: Path) -> None:
    """Raises ValueError where the path names many places."""
    if any(isinstance(step, Wild) for step in path):
        raise ValueError("at names one place: no [*], no .*")


def _exactly(kind: type) -> Callable[[object], Any]:
    def read(value: object) -> Any:
        if type(value) is not kind:
            raise ValueError(f"{value!r} is not a {kind.__name__}")
        return value

    return read


def _text(value: object) -> str:
    text = str(_exactly(str)(value))
    if len(text) > _LONGEST:
        raise ValueError(f"a text of {len(text):,} characters; at most {_LONGEST:,} go")
    return text


def _path(value: object) -> Path:
    path = parse_path(_text(value))
    if len(path) > _DEEPEST:
        raise ValueError(f"a path of {len(path):,} levels; at most {_DEEPEST:,} go")
    return path


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
        elif not is_scalar(item):
            raise ValueError(f"{item!r} is not JSON")
    return rebuilt(value)


READERS: Mapping[str, Callable[[object], Any]] = {
    "Path": _path,
    "Condition": Condition.read,
    "str": _text,
    "int": _exactly(int),
    "bool": _exactly(bool),
    "tuple[str, ...]": _texts,
    "tuple[Json, ...]": lambda value: tuple(_json(item) for item in _exactly(list)(value)),
    "tuple[tuple[Json, Json], ...]": _pairs,
    "Json": _json,
}
"""What each type that a step's field may have is read with; each raises ValueError."""
