"""Questions that a draft leaves open: `!question ID` stands where the answer will stand, and nothing runs before it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.comments import CommentedBase, TaggedScalar

TAG = "!question"
HINT = "write the answer in its place; `backfit env questions FILE` says what to ask the customer"


@dataclass(frozen=True)
class OpenQuestion:
    """A question by its name; `line` counts from 1, `place` is the key, e.g. `system.old.pip.0`."""

    line: int
    id: str
    place: str


def open_questions(data: Any) -> list[OpenQuestion]:
    """The open questions of a YAML document as ruamel's round-trip loader gives it, in the order of the file."""
    return sorted(_within(data, (), 1, set()), key=lambda question: question.line)


def _within(value: Any, place: tuple[str, ...], line: int, seen: set[int]) -> Iterator[OpenQuestion]:
    """What an alias names again is looked at once: a few lines can name it a billion times."""
    if id(value) in seen:
        return
    if isinstance(value, Mapping | list):
        seen.add(id(value))
    if isinstance(value, TaggedScalar) and value.tag.value == TAG:
        yield OpenQuestion(line, str(value.value), ".".join(place))
    members = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from _within(member, (*place, str(key)), _line(value, key) or line, seen)


def _line(container: Any, key: Any) -> int | None:
    """None for a key that a YAML merge (<<) brought in."""
    places = container.lc.data if isinstance(container, CommentedBase) else None
    return places[key][0] + 1 if places and key in places else None
