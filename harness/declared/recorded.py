"""Recorded answers held against a declaration: what in them is not as it is declared, counted by operation and place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from harness.declared.api import BARE, Api, DeclaredOperation, DeclaredResponse
from harness.declared.bodies import unknown_members
from harness.declared.routes import Routes, media_type
from harness.declared.tally import Tally
from harness.declared.validators import Validators
from harness.declared.violations import violations
from harness.model.exchange import Exchange, Request, Response
from harness.model.json_text import Json, parse
from harness.model.operation import Operation
from harness.model.paths import format_path

STATUS, CONTENT_TYPE, UNCHECKED = "status", "content type", "unchecked"
"""Instead of a keyword, as UNKNOWN is: a status or a media type that is not declared, a body that is too deep to be checked."""

CHECKED = 500
"""So many different answers of an operation are checked: the thousandth list of the same things says nothing new."""

OperationsOf = Callable[[Request], Operation]


@dataclass(frozen=True)
class Deviation:
    """`value` was sent at `path`, where the declaration says `stated` by `keyword`."""

    path: str
    keyword: str
    stated: Json
    value: Json

    @property
    def in_body(self) -> bool:
        """Whether `path` leads to a member or an element, and not to the whole body, the status or a header."""
        return self.path.startswith("$") and self.path != "$"


def deviations(
    recorded: Iterable[Exchange], api: Api, operations_of: OperationsOf, most: float = CHECKED
) -> Tally[Deviation]:
    """What in recorded answers is not as the declaration has it; members that it merely does not name are UNKNOWN.

    Calls that are not declared are not looked at. `operations_of` names the calls where a bare JSON Schema is declared. Of each
    operation, `most` different answers are checked.
    """
    routes, validators = Routes(api), Validators(api)
    tally: Tally[Deviation] = Tally()
    checked: dict[str, dict[tuple[int, str, bytes], list[Deviation]]] = {}
    for exchange in recorded:
        match, answer = routes.match(exchange.request), exchange.response
        if match is None or answer is None:
            continue
        bare = match.declared.operation == BARE
        name = str(operations_of(exchange.request)) if bare else match.name
        known = checked.setdefault(name, {})
        key = answer.status, answer.content_type, answer.body
        if key not in known and len(known) < most:
            known[key] = list(_deviations(exchange.request, answer, match.declared, validators))
        tally.add(name, (((each.path, each.keyword), each, each.value) for each in known.get(key, ())))
    return tally


def declared_response(declared: DeclaredOperation, status: int) -> DeclaredResponse | None:
    """What is declared for a status: by its number, by its class (`2XX`), or by `default`."""
    wanted = (str(status), f"{status // 100}XX", "default")
    return next((declared.responses[key] for key in wanted if key in declared.responses), None)


def _deviations(
    request: Request, answer: Response, declared: DeclaredOperation, validators: Validators
) -> Iterator[Deviation]:
    response = declared_response(declared, answer.status)
    if declared.operation == BARE and answer.status >= 300:
        return
    if response is None:
        if declared.responses and not 300 <= answer.status < 400:
            yield Deviation("status", STATUS, [*declared.responses], answer.status)
        return
    if request.method == "HEAD" or not answer.body or not response.content:
        return
    key = media_type(response.content, answer.content_type)
    if key is None:
        yield Deviation("header content-type", CONTENT_TYPE, [*response.content], answer.content_type)
        return
    yield from _body(answer, response.content[key], validators)


def _body(answer: Response, schema: object, validators: Validators) -> Iterator[Deviation]:
    if schema is None or (answer.content_type and "json" not in answer.content_type):
        return
    try:
        value = parse(answer.body)
    except ValueError:
        return  # the comparison of bodies says that this is no JSON
    try:
        told = violations(validators, schema, value, "response")
    except RecursionError:
        yield Deviation("$", UNCHECKED, None, None)
        return
    for each in (*told, *unknown_members(value, schema, validators)):
        yield Deviation(format_path(each.path), each.keyword, each.stated, each.value)
