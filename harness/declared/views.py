"""What a schema says of a value, whichever of its parts says it: its own words, `$ref`, `allOf`, and unions that are none.

Two schemas that accept the same answers look the same here in the usual cases: refactored into `allOf`, inlined, null told by a
type, by `anyOf` or by `nullable`, a union of plain types or a list of types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.declared.api import Schema
from harness.declared.combined import common_types, is_null, is_plain, types_of, words_of
from harness.declared.view import NOTES, Union, View

ONES = (
    "items", "additionalProperties", "contains", "contentSchema", "if", "then", "else", "not", "propertyNames",
    "unevaluatedItems", "unevaluatedProperties",
)  # fmt: skip
NAMED = ("patternProperties", "dependentSchemas")
UNIONS = ("oneOf", "anyOf")
_MEANT = ("contains", "if", "not")
"""Here a subschema that lets everything through is not the same as none."""

_NESTED = 2
"""Unions of unions of which the types are looked up: deeper ones are of any type."""


@dataclass
class _Said:
    """What was gathered of one schema."""

    statements: list[Mapping[str, Any]] = field(default_factory=list)
    types: list[frozenset[str]] = field(default_factory=list)
    nullable: list[bool] = field(default_factory=list)
    listed: bool = False
    unions: list[Union] = field(default_factory=list)


class Views:
    """The views of one side's schemas, each made once."""

    def __init__(self, resolve: Callable[[Any], Any]) -> None:
        self.resolve = resolve
        self._views: dict[int, tuple[Schema, View]] = {}
        self._joined: dict[int, dict[str, Any]] = {}
        self._by_parts: dict[frozenset[int], dict[str, Any]] = {}
        self._bares: dict[int, tuple[Any, Any]] = {}

    def of(self, schema: Schema) -> View:
        """The view of a schema, or of what it refers to."""
        resolved = self.resolve(schema)
        known = self._views.get(id(resolved))
        if known is None:
            known = (resolved, self._made(resolved))  # the schema is kept, so that its id stays its own
            self._views[id(resolved)] = known
        return known[1]

    def joined(self, schemas: Sequence[Schema]) -> Schema:
        """One schema that says what all of them say; the same object for the same schemas, so that recursive ones end."""
        if len(schemas) == 1:
            return schemas[0]
        parts = {id(part): part for each in schemas for part in self._parts(self.resolve(each))}
        key = frozenset(parts)
        if key not in self._by_parts:
            made = {"allOf": list(parts.values())}
            self._by_parts[key] = made
            self._joined[id(made)] = made
        return self._by_parts[key]

    def branches(self, schema: Schema, union: Union) -> list[Schema]:
        """Each branch, together with what stands beside the union."""
        bare = [self._bare(each) for each in self._gathered(self.resolve(schema)).statements]
        shared: list[Schema] = [each for each in bare if each.keys() - NOTES]
        return [self.joined([*shared, branch]) for branch in union[1]]

    def _parts(self, schema: Any) -> list[Any]:
        return list(self._joined[id(schema)]["allOf"]) if id(schema) in self._joined else [schema]

    def _bare(self, statement: Mapping[str, Any]) -> Any:
        """A statement without what it is composed of."""
        if id(statement) not in self._bares:
            bare = {key: value for key, value in statement.items() if key not in (*UNIONS, "allOf")}
            self._bares[id(statement)] = (statement, bare if len(bare) < len(statement) else statement)
        return self._bares[id(statement)][1]

    def _made(self, schema: Any) -> View:
        said = self._gathered(schema)
        statements = said.statements
        properties = self._merged(each["properties"] for each in statements if "properties" in each)
        own = schema.get("allOf", []) if isinstance(schema, dict) and id(schema) not in self._joined else []
        return View(
            types=common_types(said.types),
            nullable=all(said.nullable) if said.nullable else None,
            listed=said.listed,
            words=words_of(statements),
            properties={name: each for name, each in properties.items() if self.resolve(each) is not False},
            required=frozenset(name for each in statements for name in each.get("required", [])),
            parts=self._merged({key: each[key] for key in ONES if self._says(each, key)} for each in statements),
            named={key: self._merged(each[key] for each in statements if key in each) for key in NAMED},
            prefix=next((tuple(each["prefixItems"]) for each in statements if "prefixItems" in each), ()),
            unions=tuple(said.unions),
            all_of=tuple(own),
        )

    def _gathered(self, schema: Any, depth: int = 0) -> _Said:
        """`excused`: a union beside lets the value be null, whatever the statement says."""
        said = _Said()
        waiting: list[tuple[Any, bool]] = [(schema, False)]
        seen: set[int] = set()
        while waiting:
            each, excused = waiting.pop(0)
            each = self.resolve(each)
            if not isinstance(each, dict) or id(each) in seen:
                continue
            seen.add(id(each))
            said.statements.append(each)
            waiting += [(part, excused) for part in each.get("allOf", [])]
            types = types_of(each)
            if types is not None:
                said.types.append(types - {"null"})
                said.nullable += [] if excused else ["null" in types]
            for keyword in UNIONS:
                if each.get(keyword):
                    waiting += self._union(said, keyword, each[keyword], excused, depth)
        return said

    def _union(
        self, said: _Said, keyword: str, members: Sequence[Schema], excused: bool, depth: int
    ) -> Iterator[tuple[Any, bool]]:
        """A union of one branch and null is that branch; one of plain types is a list of types."""
        resolved = [self.resolve(member) for member in members]
        branches = [members[at] for at, each in enumerate(resolved) if not is_null(each)]
        null = len(branches) < len(members)
        said.nullable += [True] if null and not excused else []
        plain = [types_of(self.resolve(branch)) for branch in branches if is_plain(self.resolve(branch))]
        if len(branches) == 1:
            yield branches[0], excused or null
        elif branches and len(plain) == len(branches):
            types = frozenset(name for each in plain for name in each or ())
            said.types.append(types - {"null"})
            said.nullable += [] if null or excused else ["null" in types]
            said.listed = True
        elif branches:
            said.unions += [] if (keyword, tuple(branches)) in said.unions else [(keyword, tuple(branches))]
            views = [self._gathered(branch, depth + 1) for branch in branches] if depth < _NESTED else []
            sets = [common_types(view.types) for view in views]
            if sets and all(each is not None for each in sets):
                said.types.append(frozenset(name for each in sets for name in each or ()))
                said.nullable += [] if null or excused else [any(all(view.nullable) for view in views)]

    def _says(self, statement: Mapping[str, Any], key: str) -> bool:
        """Whether a subschema is there, and not one that lets everything through where that is as if it were not."""
        if key not in statement or key in _MEANT:
            return key in statement
        part = self.resolve(statement[key])
        return part is False or (isinstance(part, dict) and bool(part.keys() - NOTES))

    def _merged(self, mappings: Iterator[Mapping[str, Schema]]) -> dict[str, Schema]:
        """What several say under one name is joined."""
        found: dict[str, list[Schema]] = {}
        for mapping in mappings:
            for name, schema in mapping.items():
                if schema not in found.setdefault(name, []):
                    found[name].append(schema)
        return {name: self.joined(schemas) for name, schemas in found.items()}
