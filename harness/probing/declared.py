"""What NEW's OpenAPI says of calls that OLD was asked: where they are served now, and what their parameters are called.

Nothing is guessed: a place is taken by its operation's id or by how its path ends, a parameter by a conventional notation
whose names are declared, or by its name and what it may hold. What fits in several ways is several candidates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from harness.declared.api import Api, DeclaredOperation, Parameter
from harness.declared.likeness import Side, alike, telling
from harness.declared.moved import moved_to
from harness.declared.routes import Routes
from harness.lens.answer import Call
from harness.lens.likeness import name_similarity
from harness.lens.request import edited
from harness.lens.steps.page import Page
from harness.model.exchange import Exchange
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.template import PathTemplate
from harness.probing.candidate import Candidate, Steps
from harness.probing.part import Part, Query, renamed
from harness.probing.parts import alone, parts
from harness.probing.paths import shared_tail, with_variables_of
from harness.probing.search import query_of

_LIKE = 0.75
_UNSAFE = ("PUT", "PATCH", "POST")


@dataclass(frozen=True)
class Declared:
    """What NEW declares, and OLD where that is known."""

    new: Api
    old: Api | None = None

    def candidates(self, operation: Operation, calls: Sequence[Exchange]) -> list[Candidate]:
        """How the operation's calls may be asked so that NEW declares all of what they say; none where nothing is amiss."""
        if not calls:
            return []
        found = [
            Candidate(forward, steps, "NEW declares it")
            for forward, declared in self._places(operation, calls)
            for steps in self._parameters(operation, calls, declared)
        ]
        return [each for each in dict.fromkeys(found) if (each.forward, each.steps) != ("", ())]

    def _places(self, operation: Operation, calls: Sequence[Exchange]) -> list[tuple[str, DeclaredOperation]]:
        matches = [self._routes.match(each.request) for each in calls]
        if all(matches):
            return [("", match.declared) for match in matches[:1] if match is not None]
        return self._by_id(operation, calls) or self._by_method(operation, calls) or self._by_path(operation)

    def _by_id(self, operation: Operation, calls: Sequence[Exchange]) -> list[tuple[str, DeclaredOperation]]:
        if self.old is None:
            return []
        before = Routes(self.old)
        asked = before.match(calls[0].request)
        there = moved_to(asked, before, self._routes) if asked is not None else None
        if there is None:
            return []
        names = PathTemplate(operation.template).variables
        template = _renamed_variables(there.template, names)
        return [] if template is None else [(f"{there.declared.operation.method} {template}", there.declared)]

    def _by_method(self, operation: Operation, calls: Sequence[Exchange]) -> list[tuple[str, DeclaredOperation]]:
        if operation.method not in _UNSAFE:
            return []
        served = {each.declared.operation.method: each.declared for each in self._routes.at(calls[0].request)}
        others = [method for method in _UNSAFE if method in served]
        return [(f"{others[0]} {operation.template}", served[others[0]])] if len(others) == 1 else []

    def _by_path(self, operation: Operation) -> list[tuple[str, DeclaredOperation]]:
        """The places of the same method whose path ends like OLD's, as far as any does."""
        old = operation.template.split("/")[1:]
        told = set(PathTemplate(operation.template).variables)
        rows = [
            (shared_tail(old, template.split("/")[1:]), template, declared)
            for declared, template in self._routes.templates()
            if declared.operation.method == operation.method
        ]
        most = max((shared for shared, _, _ in rows), default=0)
        places = [
            (with_variables_of(old, template), declared) for shared, template, declared in rows if shared == most > 0
        ]
        return [
            (f"{operation.method} {template}", declared)
            for template, declared in places
            if set(PathTemplate(template).variables) == told
        ]

    def _parameters(
        self, operation: Operation, calls: Sequence[Exchange], declared: DeclaredOperation
    ) -> Iterator[Steps]:
        """Every way in which all parameters of the calls are ones that NEW declares there."""
        queries = [query_of(operation, each.request) for each in calls]
        known = {each.name: each for each in declared.parameters if each.place == "query"}
        unknown = [name for name in dict.fromkeys(name for query in queries for name in query) if name not in known]
        together = [part for part in parts(queries) if not set(part.names).isdisjoint(unknown)]
        single = [name for name in unknown if not any(name in part.names for part in together)]
        ways = [
            [form for form in part.forms() if all(_is_declared(form, each, known) for each in _calls_of(part, queries))]
            for part in together
        ]
        ways += [list(dict.fromkeys(self._alone(name, queries, known))) for name in single]
        yield from (tuple(step for form in forms for step in form) for forms in product(*ways))

    def _alone(self, name: str, queries: Sequence[Query], known: Mapping[str, Parameter]) -> Iterator[Steps]:
        value = next(query[name] for query in queries if name in query)
        yield from (form for form in alone(name, queries).forms() if _is_declared(form, {name: value}, known))
        used = {each for query in queries for each in query}
        stated = self._stated(name)
        yield from (
            renamed({name: other})
            for other, parameter in known.items()
            if other not in used and self._is_it(name, stated, parameter)
        )

    def _stated(self, name: str) -> Parameter | None:
        operations = self.old.operations.values() if self.old else ()
        declared = [each for operation in operations for each in operation.parameters if each.name == name]
        return declared[0] if declared else None

    def _is_it(self, name: str, stated: Parameter | None, parameter: Parameter) -> bool:
        if name_similarity(name, parameter.name) >= _LIKE:
            return True
        if stated is None or self.old is None:
            return False
        here, there = Side.of(stated.schema, self.old.resolve), Side.of(parameter.schema, self.new.resolve)
        return telling(here, there) >= 1.0 and alike(here, there) >= _LIKE

    @cached_property
    def _routes(self) -> Routes:
        return Routes(self.new)


def _renamed_variables(template: str, names: Sequence[str]) -> str | None:
    theirs = PathTemplate(template)
    if len(theirs.variables) != len(names):
        return None
    return theirs.fill(dict(zip(theirs.variables, (f"{{{name}}}" for name in names), strict=True)))


def _is_declared(form: Steps, query: Query, known: Mapping[str, Parameter]) -> bool:
    """Whether a form makes of a query one of declared parameters alone, with values and pages as they are declared."""
    asked: Query = edited({"query": dict(query)}, [step.compile() for step in form], Call())["query"]
    fits = asked != query and all(
        name in known and _is_listed(value, known[name].schema) for name, value in asked.items()
    )
    return fits and all(_counts(step, known) for step in form if isinstance(step, Page))


def _calls_of(part: Part, queries: Sequence[Query]) -> Iterator[Query]:
    """A part's parameters as the calls have them, and as one call would that has them all."""
    yield part.tries[0]
    whole = (query for query in queries if all(name in query for name in part.names))
    yield from ({name: query[name] for name in part.names} for query in whole)


def _is_listed(value: Json, schema: Any) -> bool:
    """Whether a parameter that lists its values lists this one."""
    listed = schema.get("enum") if isinstance(schema, dict) else None
    return not isinstance(listed, list) or str(value) in map(str, listed)


def _counts(step: Page, known: Mapping[str, Parameter]) -> bool:
    """Whether the first page has the number that the parameter begins with; yes where that is not said."""
    schema = known[step.page].schema if step.page in known else True
    said = {schema.get("minimum"), schema.get("default")} & {0, 1} if isinstance(schema, dict) else set()
    return not said or step.first in said
