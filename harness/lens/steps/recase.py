"""`recase`: every member's name is written in another convention (createdAt, created_at, created-at, CreatedAt)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+|[0-9]+")


def words(name: str) -> list[str]:
    """The words of a name in lower case: `createdAt`, `created_at` and `Created-At` are created, at."""
    return [word.lower() for word in _WORDS.findall(name)]


def _capitalised(parts: list[str]) -> str:
    return "".join(part.capitalize() for part in parts)


CONVENTIONS: Mapping[str, Callable[[list[str]], str]] = {
    "snake": "_".join,
    "kebab": "-".join,
    "pascal": _capitalised,
    "camel": lambda parts: parts[0] + _capitalised(parts[1:]),
    "screaming": lambda parts: "_".join(parts).upper(),
}


def convention(name: str) -> str:
    """The convention that a name is written in, "" for a single lower-case word or none of them."""
    parts = words(name)
    if not parts or (len(parts) == 1 and name == parts[0]):
        return ""
    return next((known for known, write in CONVENTIONS.items() if write(parts) == name), "")


@dataclass(frozen=True, kw_only=True)
class Recase(BodyStep):
    """All names below `at`, at any depth, but those in `keep`. A name that would collide with another stays."""

    name = "recase"
    loss = Loss.RESTORABLE
    to: str
    keep: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """The convention must exist."""
        if self.to not in CONVENTIONS:
            raise ValueError(f"unknown convention {self.to!r}; known: {', '.join(CONVENTIONS)}")

    def edit(self) -> Edit:
        """Pure; see the class."""
        write, keep = CONVENTIONS[self.to], frozenset(self.keep)

        def name_of(name: str) -> str:
            parts = words(name)
            return name if name in keep or not parts or not convention(name) else write(parts)

        def recase(value: Json) -> Json:
            if isinstance(value, list):
                return [recase(item) for item in value]
            if not isinstance(value, dict):
                return value
            named = {key: name_of(key) for key in value}
            taken = list(named.values())
            return {(new if taken.count(new) == 1 else key): recase(value[key]) for key, new in named.items()}

        def whole(value: Json, answer: Answer) -> Json:
            changed = recase(value)
            return value if changed == value and str(changed) == str(value) else changed

        return whole
