"""A summary seen as JSON Schema 2020-12: what the traffic showed, each statement with its support.

Every value that went into a summary is valid under its view. Trees and the branches of unions are definitions, which the
schema refers to: a tree so that it can name itself, a branch because OpenAPI's `discriminator` asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count

from harness.model.errors import UsageError
from harness.model.paths import ANY, EACH, Path, format_path
from harness.schema.pins import Pin, Pins
from harness.schema.places import is_map, is_tuple, union_of, variety
from harness.schema.recursion import Tree, tree_of, without_objects
from harness.schema.scalar_view import Schema, all_values, counts_by_type, scalar_keywords, support
from harness.schema.scalars import DISTINCT_CAP
from harness.schema.summary import Arrays, Objects, Summary, as_map
from harness.schema.variants import Branch, Union

DIALECT = "https://json-schema.org/draft/2020-12/schema"

REQUIRED_SAMPLES = 2
"""A key is required when it was present in every object, of at least this many."""

SUPPORT = "x-backfit-support"

_PINNED = "x-backfit-pinned"
_NO_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def json_schema(summary: Summary, pins: Pins | None = None) -> Schema:
    """The JSON Schema of what has been summarized. `{}`, with its support, when nothing was."""
    view = View("#/$defs/", pins or Pins())
    schema = {"$schema": DIALECT} | view.schema(summary, "root")
    return schema | ({"$defs": view.definitions} if view.definitions else {})


@dataclass
class View:
    """Makes the schemas of one document; `definitions` fill up meanwhile, and stand in it under `prefix`."""

    prefix: str
    pins: Pins
    definitions: dict[str, Schema] = field(default_factory=dict)

    def schema(self, summary: Summary, name: str, operation: str = "") -> Schema:
        """The schema of one body. `name` is for what it defines; `operation` is what pins know it by."""
        return _Body(self, operation).node(summary, (), name)

    def parameter(self, summary: Summary, name: str) -> Schema:
        """The schema of one parameter, which no pin is for."""
        return View(self.prefix, Pins(), self.definitions).schema(summary, name)

    def define(self, name: str) -> tuple[str, Schema]:
        """A reference, and the definition behind it, to be filled."""
        base = _NO_NAME.sub("_", name)[:60] or "_"
        free = next(each for each in _numbered(base) if each not in self.definitions)
        self.definitions[free] = {}
        return self.prefix + free, self.definitions[free]


@dataclass
class _Body:
    """`trees` says where inside the body a tree begins anew."""

    view: View
    operation: str
    trees: dict[Path, str] = field(default_factory=dict)

    def node(self, summary: Summary, path: Path, name: str, contrast: int = 0) -> Schema:
        """The schema of one place. `contrast` is how many different values a neighbour took."""
        if path in self.trees:
            return self._again(summary, path, name, contrast)
        pin = self.view.pins.at(self.operation, path)
        if pin is Pin.OPAQUE:
            return {SUPPORT: {"samples": summary.count}, _PINNED: "opaque"}
        if pin is Pin.ENUM:
            return self._choice(summary, path)
        types = list(counts_by_type(summary))
        schema: Schema = {"type": types[0] if len(types) == 1 else types} if types else {}
        schema |= scalar_keywords(summary, contrast)
        if summary.arrays is not None:
            schema |= self._arrays(summary, summary.arrays, path, name)
        if pin is Pin.MAP:
            schema |= self._pinned_map(summary, path, name)
        elif summary.objects is not None:
            schema |= self._objects(summary.objects, types, path, name)
        return schema | {SUPPORT: support(summary, "enum" in schema)}

    def _again(self, summary: Summary, path: Path, name: str, contrast: int) -> Schema:
        """Where a tree's child stands: the tree, or whatever else was there."""
        reference: Schema = {"$ref": self.trees[path]}
        rest = without_objects(summary)
        elsewhere = {way: reference for way, reference in self.trees.items() if way != path}
        others = [_Body(self.view, self.operation, elsewhere).node(rest, path, name, contrast)] if rest.count else []
        return ({"anyOf": [reference, *others]} if others else reference) | {SUPPORT: support(summary)}

    def _choice(self, summary: Summary, path: Path) -> Schema:
        values = all_values(summary)
        if values is None:
            why = f"only scalars of up to {DISTINCT_CAP} different values are"
            raise UsageError(f"{self._place(path)} cannot be an enum", hint=f"{why}; pin it as opaque, or not at all")
        return {"enum": values, SUPPORT: support(summary, True), _PINNED: "enum"}

    def _pinned_map(self, summary: Summary, path: Path, name: str) -> Schema:
        if summary.objects is None:
            hint = f"it was always {' or '.join(counts_by_type(summary)) or 'empty'}"
            raise UsageError(f"{self._place(path)} cannot be a map: no object stands there", hint=hint)
        return self._map(summary.objects, path, name) | {_PINNED: "map"}

    def _place(self, path: Path) -> str:
        return f"{self.operation} {format_path(path)}".strip()

    def _arrays(self, summary: Summary, arrays: Arrays, path: Path, name: str) -> Schema:
        schema: Schema = {"minItems": arrays.shortest, "maxItems": arrays.longest}
        if is_tuple(summary):
            positions = enumerate(arrays.positions or ())
            items = [self.node(position, (*path, at), f"{name}.{at}") for at, position in positions]
            return schema | {"prefixItems": items, "items": False}
        if arrays.count == arrays.unseen or not arrays.longest:
            return schema
        return schema | {"items": self.node(arrays.elements, (*path, EACH), name)}

    def _objects(self, objects: Objects, types: list[str], path: Path, name: str) -> Schema:
        if is_map(objects):
            return self._map(objects, path, name)
        tree = tree_of(objects)
        if tree is not None:
            return self._tree(tree, types, path, name)
        union = union_of(objects)
        return self._record(objects, path) if union is None else self._union(union, objects, types, path, name)

    def _map(self, objects: Objects, path: Path, name: str) -> Schema:
        return {"additionalProperties": self.node(as_map(objects)[0], (*path, ANY), name)}

    def _record(self, objects: Objects, path: Path) -> Schema:
        keys = objects.keys or {}
        required = sorted(key for key, child in keys.items() if child.count == objects.count >= REQUIRED_SAMPLES)
        return {"properties": self._properties(keys, path)} | ({"required": required} if required else {})

    def _properties(self, keys: Mapping[str, Summary], path: Path) -> Schema:
        contrast = max((variety(child) for child in keys.values()), default=0)
        return {key: self.node(child, (*path, key), key, contrast) for key, child in sorted(keys.items())}

    def _tree(self, tree: Tree, types: list[str], path: Path, name: str) -> Schema:
        reference, definition = self.view.define(name)
        inner = _Body(self.view, self.operation, self.trees | {(*path, *way): reference for way in tree.ways})
        union = union_of(tree.node)
        if union is None:
            definition |= {"type": "object"} | inner._record(tree.node, path)
        else:
            definition |= {"type": "object"} | inner._union(union, tree.node, ["object"], path, name)
        definition[SUPPORT] = support(Summary(objects=tree.node))
        return _one_of([reference], types)

    def _union(self, union: Union, objects: Objects, types: list[str], path: Path, name: str) -> Schema:
        properties = self._properties(objects.keys or {}, path)
        mapping: dict[str, str] = {}
        for branch in union.branches:
            reference, definition = self.view.define(f"{name}.{branch.values[0]}")
            definition |= _branch(union.discriminator, branch, properties)
            mapping |= dict.fromkeys(branch.values, reference)
        discriminator = {"propertyName": union.discriminator, "mapping": mapping}
        return _one_of(list(dict.fromkeys(mapping.values())), types) | {"discriminator": discriminator}


def _branch(discriminator: str, branch: Branch, properties: Schema) -> Schema:
    presence = branch.presence
    values = branch.values
    told: Schema = {"const": values[0]} if len(values) == 1 else {"enum": list(values)}
    told[SUPPORT] = {"samples": presence.count}
    schema: Schema = {
        "type": "object",
        "properties": {key: properties[key] for key in sorted(presence.ever)} | {discriminator: told},
        "required": sorted(presence.always if presence.count >= REQUIRED_SAMPLES else {discriminator}),
    }
    return schema | {SUPPORT: {"samples": presence.count}}


def _one_of(references: list[str], types: list[str]) -> Schema:
    """One of the definitions, which are of objects, or a value of another type."""
    others = [name for name in types if name != "object"]
    schemas: list[Schema] = [{"$ref": reference} for reference in references]
    if not others and len(schemas) == 1:
        return schemas[0]
    return {"oneOf": [*schemas, *([{"type": others}] if others else [])]}


def _numbered(base: str) -> Iterator[str]:
    return chain([base], (f"{base}.{number}" for number in count(2)))
