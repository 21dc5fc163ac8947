"""What in a recorded request a declaration refuses, or does not know: parameters, cookies, headers and the body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from harness.declared.api import Parameter
from harness.declared.bodies import UNKNOWN, body_schema, read_body, unknown_members
from harness.declared.calls import Call, Spot
from harness.declared.routes import media_type
from harness.declared.statements import members, statements
from harness.declared.violations import violations
from harness.model.exchange import header
from harness.model.json_text import Json

MISSING, MEDIA_TYPE = "missing", "media type"
"""Instead of a keyword, as UNKNOWN is: it was not sent and has to be; no body of this kind is taken."""


@dataclass(frozen=True)
class Refusal:
    """`value` is what was sent at `spot`, and `stated` what the declaration says by `keyword` (or by MISSING, UNKNOWN …)."""

    spot: Spot
    keyword: str
    stated: Json
    value: Json


def refusals(call: Call) -> Iterator[Refusal]:
    """All in a call that its declaration refuses or does not know. Raises RecursionError where the body is too deep."""
    for parameter in call.match.declared.parameters:
        spot = Spot(parameter.place, parameter.name)
        values = call.values(parameter)
        if values:
            yield from _refused(spot, parameter.schema, values, call)
        elif parameter.required and parameter.place != "path":
            yield Refusal(spot, MISSING, True, None)
    yield from _unknown(call)
    yield from _body(call)


def _refused(spot: Spot, schema: Any, values: list[Json], call: Call) -> Iterator[Refusal]:
    """Nothing where one reading is valid; else what is wrong with the likeliest one."""
    if any(call.validators.accepts(schema, value) for value in values):
        return
    for each in violations(call.validators, schema, values[0], "request"):
        yield Refusal(Spot(spot.place, spot.name, each.path), each.keyword, each.stated, each.value)


def _unknown(call: Call) -> Iterator[Refusal]:
    """Nobody forbids these parameters; whether the other version knows them says what it means."""
    swallowed = {name for each in call.match.declared.parameters for name in _swallowed(each, call)}
    for place in ("query", "header", "cookie"):
        for name, value in call.sent[place]:
            spot = Spot(place, name)
            if not call.knows(spot) and not (place == "query" and name in swallowed):
                yield Refusal(Spot(*spot.parameter), UNKNOWN, None, unquote_plus(value) if place == "query" else value)


def _swallowed(parameter: Parameter, call: Call) -> list[str]:
    """The names in a query that belong to a parameter which is an object."""
    if parameter.place != "query":
        return []
    if parameter.style == "deepObject":
        return [name for name, _ in call.sent["query"] if name.startswith(f"{parameter.name}[")]
    return list(members(statements(parameter.schema, call.validators.api.resolve))) if parameter.explode else []


def _body(call: Call) -> Iterator[Refusal]:
    declared = call.match.declared.request_body
    said = header(call.request.headers, "content-type") or ""
    spot = Spot("body")
    if declared is None:
        if call.request.body:
            yield Refusal(spot, UNKNOWN, None, said or None)
    elif not call.request.body:
        if declared.required:
            yield Refusal(spot, MISSING, True, None)
    elif media_type(declared.content, said) is not None:
        yield from _body_refused(call)
    elif declared.content:
        yield Refusal(spot, MEDIA_TYPE, list(declared.content), said.split(";")[0].strip())


def _body_refused(call: Call) -> Iterator[Refusal]:
    schema = body_schema(call.request, call.match)
    readable, value = read_body(call.request, schema, call.validators)
    if readable and schema is not None:
        told = violations(call.validators, schema, value, "request")
        for each in (*told, *unknown_members(value, schema, call.validators)):
            yield Refusal(Spot("body", "", each.path), each.keyword, each.stated, each.value)
