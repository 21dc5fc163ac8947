"""What a declared schema states about one place of a value: its own words, and those of `$ref`, `allOf` and unions.

A schema that says nothing of a place states nothing there: every answer here is empty rather than an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from harness.model.json_text import Json
from harness.model.paths import ANY, Path, Step

Statements = tuple[Mapping[str, Any], ...]
Resolve = Callable[[Any], Any]
"""Gives the schema that a `$ref` stands for, or the schema itself."""

UNIONS = ("anyOf", "oneOf")
_NAMES = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null", int: "integer"}


def statements(schema: Any, resolve: Resolve) -> Statements:
    """The objects that speak of a value of this schema, the outermost first; each once, however they refer to each other."""
    found: dict[int, Mapping[str, Any]] = {}
    waiting = [schema]
    while waiting:
        each = resolve(waiting.pop())
        if isinstance(each, Mapping) and id(each) not in found:
            found[id(each)] = each
            waiting += [part for name in ("allOf", *UNIONS) for part in reversed(_list(each.get(name)))]
    return tuple(found.values())


def below(stated: Statements, step: Step, resolve: Resolve) -> Statements:
    """What is stated of a member (a name, or ANY for those without one) or an element (an index or EACH)."""
    parts = [part for each in stated for part in _below(each, step)]
    return _unique(inner for part in parts for inner in statements(part, resolve))


def part_below(stated: Statements, step: Step) -> Any:
    """The same as one schema, as it is written; None where nothing is said."""
    parts = [part for each in stated for part in _below(each, step)]
    return None if not parts else parts[0] if len(parts) == 1 else {"allOf": parts}


def at(schema: Any, path: Path, resolve: Resolve) -> Statements:
    """What is stated of the place at `path` in a value of this schema."""
    stated = statements(schema, resolve)
    for step in path:
        stated = below(stated, step, resolve)
    return stated


def types(stated: Statements) -> frozenset[str]:
    """The JSON types that are named; none where every type will do or none is told."""
    found: set[str] = set()
    for each in stated:
        said = each.get("type")
        found |= {said} if isinstance(said, str) else set(said or ())
        if said is None:
            found |= {type_name(value) for value in [*_list(each.get("enum")), *_constant(each)]}
    return frozenset(found)


def members(stated: Statements) -> dict[str, Any]:
    """The members that are declared by name, with their schemas."""
    return {name: schema for each in stated for name, schema in _mapping(each.get("properties")).items()}


def required(stated: Statements) -> frozenset[str]:
    """The members that a value has to have, whatever the branch of a union."""
    return frozenset(name for each in stated for name in _list(each.get("required")))


def stated_by(keyword: str, stated: Statements) -> list[Json]:
    """What the keyword says, wherever it is said."""
    return [each[keyword] for each in stated if keyword in each]


def speaks_of(stated: Statements, step: Step) -> bool:
    """Whether a member or an element is allowed by a schema of its own."""
    return any(part is not False for each in stated for part in _below(each, step))


def named(step: Step, stated: Statements) -> Step:
    """A member that no schema calls by its name is one of a map: ANY."""
    known = not isinstance(step, str) or step in members(stated) or step in required(stated)
    return step if known or not _open_map(stated) else ANY


def type_name(value: Json) -> str:
    """The JSON Schema type of a value; 1.0 is a number here."""
    return "number" if isinstance(value, float) else _NAMES[type(value)]


def _below(each: Mapping[str, Any], step: Step) -> list[Any]:
    if isinstance(step, str):
        declared = _mapping(each.get("properties"))
        if step in declared:
            return [declared[step]]
        matching = [part for pattern, part in _mapping(each.get("patternProperties")).items() if _fits(pattern, step)]
        return matching or _said(each, "additionalProperties")
    if step is ANY:
        return [*_said(each, "additionalProperties"), *_mapping(each.get("patternProperties")).values()]
    first = _list(each.get("prefixItems"))
    if isinstance(step, int) and step < len(first):
        return [first[step]]
    return _said(each, "items")


def _open_map(stated: Statements) -> bool:
    return any(isinstance(each.get("additionalProperties"), Mapping) or "patternProperties" in each for each in stated)


def _fits(pattern: str, name: str) -> bool:
    try:
        return re.search(pattern, name) is not None
    except re.error:  # ECMA 262 knows patterns that Python does not
        return False


def _said(each: Mapping[str, Any], keyword: str) -> list[Any]:
    return [each[keyword]] if keyword in each else []


def _constant(each: Mapping[str, Any]) -> list[Json]:
    return [each["const"]] if "const" in each else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _unique(stated: Iterable[Mapping[str, Any]]) -> Statements:
    return tuple({id(each): each for each in stated}.values())
