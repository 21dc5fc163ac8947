"""Two schemas compared at one place: what differs there, and which schemas inside are to be compared next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from harness.declared.api import Schema
from harness.declared.bounds import bounds
from harness.declared.branches import signature
from harness.declared.compositions import all_of, only_one_is_union, unions
from harness.declared.found import Found
from harness.declared.keywords import keywords
from harness.declared.members import deprecation, is_write_only, members, write_only_values
from harness.declared.rules import level_of
from harness.declared.value_types import are_others, nullable, types
from harness.declared.view import View
from harness.declared.views import Views
from harness.model.change import Level
from harness.model.paths import ANY, EACH, Path

Edge = tuple[Path, Schema, Schema]
"""Where a schema stands inside, and both sides of it."""

_INSIDE: dict[str, Path] = {
    "additionalProperties": (ANY,),
    "contains": (EACH,),
    "contentSchema": (),
    "else": (),
    "items": (EACH,),
    "then": (),
    "unevaluatedItems": (EACH,),
    "unevaluatedProperties": (ANY,),
}
_ANYTHING: Schema = {}


@dataclass(frozen=True)
class Compared:
    """What two schemas differ in, and what inside them is still to be compared."""

    found: tuple[Found, ...] = ()
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True)
class Comparer:
    """`loose`: values travel as text. `days` and `today` are the rule for deprecations (see `deprecation`)."""

    before: Views
    after: Views
    loose: bool = False
    days: int = 0
    today: date | None = None

    def compare(self, old: Schema, new: Schema) -> Compared:
        """Both at one place. A schema that nothing can satisfy (`false`) is not compared."""
        old, new = self.before.resolve(old), self.after.resolve(new)
        if old is new or old is False or new is False:
            return Compared()
        left, right = self.before.of(old), self.after.of(new)
        marks = list(deprecation(left, right, self.days, self.today))
        listed = left.values is not None or right.values is not None
        if are_others(left, right) or (left.open != right.open and not listed):
            return Compared((*types(left, right, loose=self.loose), *marks))
        found, pairs = unions(old, new, self.before, self.after)
        edges: list[Edge] = [((), *pair) for pair in pairs]
        found += [*nullable(left, right), *marks]
        if only_one_is_union(left, right):
            return Compared(tuple(found), tuple(edges))
        if left.open == right.open:  # else the listed values say it
            found += types(left, right, loose=self.loose)
        found += [*bounds(left, right), *keywords(left, right)]
        found += self._prefix(left, right)
        found += members(left, right, self.before, self.after)
        found += self._write_only(left, right)
        return Compared(tuple(self._with_all_of(left, right, found)), (*edges, *self._edges(left, right)))

    def _with_all_of(self, left: View, right: View, found: list[Found]) -> Iterator[Found]:
        """A part of an `allOf` that came or went explains what harms nothing; what harms is told all the same."""
        differs = bool(found) or signature(left, self.before) != signature(right, self.after)
        parts = list(all_of(left, right, self.before, self.after, differs=differs))
        explains = any(not each.id.endswith("-annotation-only") for each in parts)
        yield from (each for each in found if not explains or level_of(each.id) is not Level.INFO)
        yield from parts

    def _prefix(self, left: View, right: View) -> Iterator[Found]:
        """Elements at a fixed position, which differ from those that may stand at any."""
        count = min(len(left.prefix), len(right.prefix))
        for action, view in (("added", right), ("removed", left)):
            own = [schema for schema in view.prefix[count:] if schema != view.parts.get("items")]
            if own:
                message = f"{len(own)} prefixItems from position {count} on: {action}"
                before, after = (None, own) if action == "added" else (own, None)
                yield Found(f"response-{{}}-prefix-items-{action}", message, before, after, told=count)

    def _write_only(self, left: View, right: View) -> Iterator[Found]:
        for name in self._hidden(left, right):
            views = self.before.of(left.properties[name]), self.after.of(right.properties[name])
            yield from write_only_values(name, *views)

    def _hidden(self, left: View, right: View) -> list[str]:
        """The members that NEW, or OLD, never sends."""
        return [
            name
            for name in left.properties
            if name in right.properties
            and (is_write_only(left.properties[name], self.before) or is_write_only(right.properties[name], self.after))
        ]

    def _edges(self, left: View, right: View) -> Iterator[Edge]:
        hidden = self._hidden(left, right)
        for name, schema in left.properties.items():
            if name in right.properties and name not in hidden:
                yield (name,), schema, right.properties[name]
        for index, (old, new) in enumerate(zip(left.prefix, right.prefix, strict=False)):
            yield (index,), old, new
        for keyword, path in _INSIDE.items():
            old_part, new_part = self._unsaid(keyword, left, right)
            if isinstance(old_part, dict) and isinstance(new_part, dict):
                yield path, old_part, new_part
        for keyword, path in (("patternProperties", (ANY,)), ("dependentSchemas", ())):
            for name, schema in left.named[keyword].items():
                if name in right.named[keyword]:
                    yield path, schema, right.named[keyword][name]

    def _unsaid(self, keyword: str, left: View, right: View) -> tuple[Schema | None, Schema | None]:
        """Both sides' parts. A list whose elements nothing is said of, and a map, may hold anything."""
        old, new = left.parts.get(keyword), right.parts.get(keyword)
        of_list = keyword == "items" and left.may_be("array") and right.may_be("array")
        of_map = keyword == "additionalProperties" and not (left.properties or right.properties)
        if of_list or of_map:
            old, new = (_ANYTHING if each in (None, True) else each for each in (old, new))
        return old, new
