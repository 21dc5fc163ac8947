"""`recase`: every member's name is written in another convention (createdAt, created_at, created-at, CreatedAt)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from harness.lens.answer import Answer
from harness.lens.places import Edit
from harness.lens.rebuild import rebuilt
from harness.lens.step import BodyStep, Loss
from harness.model.json_text import Json

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+|[0-9]+")

_REMEMBERED = 4096
"""Names whose new form is kept at hand: answers that use data as names must not fill the memory."""


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
    """All names below `at`, at any depth, but those in `keep` and those in no convention.

    A name stays where the object has the new one already, or where two names would become the same.
    """

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

        @lru_cache(maxsize=_REMEMBERED)
        def wanted(name: str) -> str:
            return name if name in keep or not convention(name) else write(words(name))

        def recased(members: dict[str, Json]) -> dict[str, Json]:
            new = {name: wanted(name) for name in members}
            claims = Counter(new.values())
            free = {name for name, other in new.items() if other not in members and claims[other] == 1}
            return {new[name] if name in free else name: item for name, item in members.items()}

        def recase(value: Json, answer: Answer) -> Json:
            changed = False

            def of_object(members: dict[str, Json]) -> dict[str, Json]:
                nonlocal changed
                renamed = recased(members)
                changed = changed or renamed.keys() != members.keys()
                return renamed

            copied = rebuilt(value, of_object)
            return copied if changed else value

        return recase
