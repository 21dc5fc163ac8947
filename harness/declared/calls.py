"""One recorded call as one declaration sees it: what was sent where, and what is stated of each spot in the request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from harness.declared.api import Parameter
from harness.declared.bodies import body_schema
from harness.declared.coercion import values_sent
from harness.declared.routes import Match
from harness.declared.serialization import Pairs, cookies_of, pairs_of
from harness.declared.statements import Statements, at, members
from harness.declared.validators import Validators
from harness.model.exchange import Request
from harness.model.json_text import Json
from harness.model.paths import Path, format_path


@dataclass(frozen=True)
class Spot:
    """Where in a request: `place` is query, path, header, cookie or body; `name` the parameter's; `path` what is inside it."""

    place: str
    name: str = ""
    path: Path = ()

    def __str__(self) -> str:
        if self.place == "body":
            return f"body {format_path(self.path)}"
        return f"{self.place} {self.name}{format_path(self.path)[1:]}"

    @property
    def parameter(self) -> tuple[str, str]:
        """What tells parameters apart: headers are the same in any letter case."""
        return self.place, self.name.lower() if self.place == "header" else self.name

    @property
    def parent(self) -> Spot:
        """The object or list that this is in."""
        return Spot(self.place, self.name, self.path[:-1])


@dataclass(frozen=True)
class Call:
    """A request and the declared operation that it matches."""

    request: Request
    match: Match
    validators: Validators

    @cached_property
    def sent(self) -> Mapping[str, Pairs]:
        """Names and values by place. Those of the query and of the path are still percent-encoded."""
        headers = self.request.headers
        return {
            "query": pairs_of(self.request.query_string),
            "path": tuple(self.match.values.items()),
            "header": headers,
            "cookie": [pair for name, text in headers if name.lower() == "cookie" for pair in cookies_of(text)],
        }

    def values(self, parameter: Parameter) -> list[Json]:
        """What the parameter may mean in this call, the likeliest first; empty where it was not sent."""
        if parameter.place in ("query", "cookie"):
            others = frozenset(each.name for each in self.match.declared.parameters if each is not parameter)
            return values_sent(parameter, self.sent[parameter.place], self.validators, others=others)
        wanted = Spot(parameter.place, parameter.name).parameter
        texts = [text for name, text in self.sent[parameter.place] if Spot(parameter.place, name).parameter == wanted]
        return values_sent(parameter, texts[0], self.validators) if texts else []

    def parameter(self, spot: Spot) -> Parameter | None:
        """The parameter that is declared at a spot."""
        declared = self.match.declared.parameters
        return next((each for each in declared if Spot(each.place, each.name).parameter == spot.parameter), None)

    def stated(self, spot: Spot) -> Statements:
        """What is declared of a spot; nothing where it is not declared."""
        parameter = self.parameter(spot)
        schema: Any = parameter.schema if parameter else None
        if spot.place == "body":
            schema = body_schema(self.request, self.match)
        return at(schema, spot.path, self.validators.api.resolve)

    def knows(self, spot: Spot) -> bool:
        """Whether a parameter, a body or a member of one is declared."""
        if spot.path:
            return spot.path[-1] in members(self.stated(spot.parent))
        return self.parameter(spot) is not None or (
            spot.place == "body" and self.match.declared.request_body is not None
        )
