"""Where a step may take a value from: beside it, elsewhere in the answer, a header, or the call.

`@.a.b` stands beside the edited value, `$.a` in the body as it is at that moment, `received($.a)` in the body as NEW sent it;
`header(Name)`, `path(name)` and `query(name)` are texts; `keys(…)` is an object's member names and `count(…)` a list's length.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from harness.lens.answer import ABSENT, Answer
from harness.lens.places import get
from harness.model.json_text import Json
from harness.model.paths import Path, parse_path

Fetch = Callable[[Json, Answer], Json]
"""(the value beside, the answer) -> what the source holds, ABSENT where there is nothing."""

_CALL = re.compile(r"(keys|count|received|header|path|query)\((.*)\)", re.DOTALL)


def fetcher(source: str) -> Fetch:
    """The source as a function. Raises ValueError where it is none."""
    if source.startswith("@"):
        return _beside(parse_path("$" + source[1:]))
    if source.startswith("$"):
        return _in_body(parse_path(source))
    call = _CALL.fullmatch(source)
    if call is None:
        raise ValueError(
            f"{source!r} is no source: @.a, $.a, received($.a), header(N), path(n), query(n), keys(…), count(…)"
        )
    function, argument = call.groups()
    match function:
        case "keys":
            inner = fetcher(argument)
            return lambda value, answer: list(found) if isinstance(found := inner(value, answer), dict) else ABSENT
        case "count":
            inner = fetcher(argument)
            return lambda value, answer: len(found) if isinstance(found := inner(value, answer), list) else ABSENT
        case "received":
            path = parse_path(argument)
            return lambda value, answer: get(answer.received, path)
        case "header":
            return lambda value, answer: ABSENT if (found := answer.header(argument)) is None else found
        case "path":
            return lambda value, answer: answer.call.variables.get(argument, ABSENT)
        case _:
            return lambda value, answer: answer.call.query.get(argument, ABSENT)


def _beside(path: Path) -> Fetch:
    return lambda value, answer: get(value, path)


def _in_body(path: Path) -> Fetch:
    return lambda value, answer: get(answer.body, path)
