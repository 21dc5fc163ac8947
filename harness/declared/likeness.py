"""How alike two declared schemas are, and two names: what renames, moves and envelopes are told by when there are no values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from harness.declared.statements import Resolve, Statements, below, members, part_below, stated_by, statements, types
from harness.model.json_text import Json, serialize
from harness.model.paths import EACH, Step

_DEPTH = 3
_TELLING = ("enum", "pattern", "const", "description", "title", "format", "example", "examples")
"""Keywords that two schemas seldom share by chance."""

_LITTLE = 0.5
_DIFFERENT = 0.6


@dataclass(frozen=True)
class Side:
    """One place of one declaration: what is stated there, and how to follow it further down."""

    stated: Statements
    resolve: Resolve

    @classmethod
    def of(cls, schema: Any, resolve: Resolve) -> Side:
        """The place that a whole schema is for."""
        return cls(statements(schema, resolve), resolve)

    def at(self, *steps: Step) -> Side:
        """A place further down."""
        stated = self.stated
        for step in steps:
            stated = below(stated, step, self.resolve)
        return Side(stated, self.resolve)

    def schema(self, *steps: Step) -> Any:
        """The schema of a place further down, as it is written; None where there is none."""
        *way, last = steps
        return part_below(self.at(*way).stated, last)

    @property
    def members(self) -> list[str]:
        """The members that are declared by name."""
        return list(members(self.stated))

    @property
    def types(self) -> frozenset[str]:
        """The types but null, which says nothing of what this is."""
        return types(self.stated) - {"null"}

    @property
    def is_object(self) -> bool:
        """Whether this is an object with members, and nothing else."""
        return bool(self.members) and self.types <= {"object"}

    @property
    def is_list(self) -> bool:
        """Whether this is a list, and nothing else."""
        return self.types == {"array"}


def alike(old: Side, new: Side, depth: int = _DEPTH) -> float:
    """0 to 1: how well one schema can be the other, by types, members and formats; names outside do not matter."""
    if not _types_agree(old, new):
        return 0.0
    if depth and old.is_list and new.is_list:
        inner = old.at(EACH), new.at(EACH)
        return alike(*inner, depth - 1) if all(side.stated for side in inner) else _LITTLE
    if old.members or new.members:
        return _members_alike(old, new, depth)
    if not old.stated or not new.stated or not old.types or not new.types:
        return _LITTLE
    return _scalars_alike(old, new)


def telling(old: Side, new: Side) -> float:
    """How much it says that two schemas agree: a shared enum, a description or several members are no chance."""
    if old.is_list and new.is_list:
        return telling(old.at(EACH), new.at(EACH))
    shared = [name for name in old.members if name in new.members]
    found = sum(_agreeing(keyword, old.stated, new.stated) for keyword in _TELLING)
    return found + 0.25 * len(shared)


def _types_agree(old: Side, new: Side) -> bool:
    here, there = _numeric(old.types), _numeric(new.types)
    return not here or not there or bool(here & there)


def _numeric(said: frozenset[str]) -> frozenset[str]:
    return said | {"number"} if "integer" in said else said


def _members_alike(old: Side, new: Side, depth: int) -> float:
    here, there = old.members, new.members
    shared = [name for name in here if name in there]
    fit = sum(alike(old.at(name), new.at(name), depth - 1) if depth else 1.0 for name in shared)
    return fit / len({*here, *there})


def _scalars_alike(old: Side, new: Side) -> float:
    fit = 1.0 if old.types == new.types else 0.9
    for keyword in ("format", "enum", "const"):
        here, there = set(_said(keyword, old.stated)), set(_said(keyword, new.stated))
        if here and there and not here & there:
            fit *= _DIFFERENT
        elif bool(here) != bool(there):
            fit *= 0.9
    return fit


def _agreeing(keyword: str, old: Statements, new: Statements) -> float:
    shared = set(_said(keyword, old)) & set(_said(keyword, new))
    if keyword in ("format", "title"):
        return 0.5 * bool(shared)
    return float(any(len(text) > 8 for text in shared))


def _said(keyword: str, stated: Statements) -> Iterator[bytes]:
    said: list[Json] = stated_by(keyword, stated)
    for each in said:
        yield from (
            (serialize(value) for value in each) if keyword == "enum" and isinstance(each, list) else [serialize(each)]
        )
