"""Which branch of OLD's union, or part of its `allOf`, is which of NEW's: by name, by what it says, by how alike it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from harness.declared.api import Schema
from harness.declared.values import value_key
from harness.declared.view import View
from harness.declared.views import Views


@dataclass(frozen=True)
class Side:
    """One side's branches. `names` are the schemas as written: what a branch is called."""

    schemas: Sequence[Schema]
    names: Sequence[Schema]
    views: Views


@dataclass(frozen=True)
class Matched:
    """Positions: of pairs that are the same branch, and of those that only OLD or only NEW has."""

    pairs: list[tuple[int, int]]
    removed: list[int]
    added: list[int]


def matched(old: Side, new: Side) -> Matched:
    """The pairs, the surest first: the same name, the same content, and of what is left the same sort of value."""
    left, right = list(range(len(old.schemas))), list(range(len(new.schemas)))
    pairs: list[tuple[int, int]] = []
    for alike in (_same_name, _same_content, _alike):
        _pair(pairs, left, right, lambda one, other, alike=alike: alike(old, one, new, other))  # type: ignore[misc]
    return Matched(pairs, left, right)


def most_alike(schema: Schema, views: Views, among: Sequence[Schema], others: Views) -> int:
    """The position of the schema that has the most in common with one."""
    view = views.of(schema)
    return max(range(len(among)), key=lambda at: (_likeness(view, others.of(among[at])), -at))


def branch_name(schema: Any) -> str:
    """What a person calls a branch: the name that it is referred to by, its title, or its type."""
    if not isinstance(schema, dict):
        return "anything" if schema else "nothing"
    return (
        str(schema["$ref"]).rsplit("/", 1)[-1]
        if "$ref" in schema
        else str(schema.get("title") or schema.get("type") or "one without a name")
    )


def signature(view: View, views: Views) -> bytes:
    """Equal for schemas that say the same at first sight: types, members and theirs, values."""
    inside = {name: _sight(views.of(schema)) for name, schema in view.properties.items()}
    return value_key([_sight(view), inside, sorted(view.parts), sorted(view.named["patternProperties"])])


def _pair(pairs: list[tuple[int, int]], left: list[int], right: list[int], fits: Callable[[int, int], bool]) -> None:
    for one in list(left):
        other = next((each for each in right if fits(one, each)), None)
        if other is not None:
            pairs.append((one, other))
            left.remove(one)
            right.remove(other)


def _same_name(old: Side, one: int, new: Side, other: int) -> bool:
    before, after = _reference(old.names[one]), _reference(new.names[other])
    return before is not None and before == after


def _same_content(old: Side, one: int, new: Side, other: int) -> bool:
    return signature(old.views.of(old.schemas[one]), old.views) == signature(
        new.views.of(new.schemas[other]), new.views
    )


def _alike(old: Side, one: int, new: Side, other: int) -> bool:
    """Two names are two things; without names, half of the members, or the type where there are none."""
    if _reference(old.names[one]) and _reference(new.names[other]):
        return False
    return _likeness(old.views.of(old.schemas[one]), new.views.of(new.schemas[other])) >= 0.5


def _likeness(old: View, new: View) -> float:
    if old.types != new.types:
        return 0.0
    names = old.properties.keys() | new.properties.keys()
    return len(old.properties.keys() & new.properties.keys()) / len(names) if names else 0.75


def _reference(schema: Any) -> str | None:
    return str(schema["$ref"]).rsplit("/", 1)[-1] if isinstance(schema, dict) and "$ref" in schema else None


def _sight(view: View) -> list[Any]:
    values = None if view.values is None else sorted(value_key(value).decode() for value in view.values)
    types = None if view.types is None else sorted(view.types)
    words = {key: value for key, value in view.words.items() if key not in ("const", "enum", "discriminator")}
    return [types, view.nullable, values, words, sorted(view.required), sorted(view.properties), len(view.unions)]
