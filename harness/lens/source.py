"""Where a step may take a value from: beside it, elsewhere in the answer, a header, or the call.

`@.a.b` stands in the object that is edited, `$.a` in the body as it is at that moment, `received($.a)` in the body as NEW
sent it, `sent($.a)` in the body that the plugin sent; of one of those places, `keys(…)` is an object's member names and
`count(…)` a list's length. `header(Name)` is the answer's, `request(Name)` the call's, `path(name)` and `query(name)` are of
the call as the plugin made it, `origin()` is what it called (`http://a.example:8080`): these are texts.
`called(name, source)` is any of these in the answer to a second call. Paths name one place: no `[*]`, no `.*`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from harness.lens.answer import ABSENT, Answer
from harness.lens.places import get, parse_place
from harness.lens.rebuild import rebuilt
from harness.model.json_text import Json
from harness.model.paths import Path

Fetch = Callable[[Json, Answer], Json]
"""(value beside, answer) -> what the source holds, ABSENT where there is nothing. It may be part of the answer: copy it."""

_CALL = re.compile(r"(\w+)\((.*)\)", re.DOTALL)


def fetcher(source: str) -> Fetch:
    """The source as a function. Raises ValueError where it is none."""
    if (place := _place(source)) is not None:
        return place
    call = _CALL.fullmatch(source)
    function, argument = call.groups() if call else ("", "")
    match function:
        case "keys" | "count" if (inner := _place(argument)) is not None:
            return _keys(inner) if function == "keys" else _count(inner)
        case "header":
            return lambda value, answer: ABSENT if (found := answer.header(argument)) is None else found
        case "request":
            name = argument.lower()
            return lambda value, answer: answer.call.headers.get(name, ABSENT)
        case "origin" if not argument:
            return lambda value, answer: answer.call.origin or ABSENT
        case "called" if ", " in argument and ", called(" not in argument:
            return _called(*argument.split(", ", 1))
        case "path":
            return lambda value, answer: answer.call.variables.get(argument, ABSENT)
        case "query":
            return lambda value, answer: answer.call.query.get(argument, ABSENT)
    raise ValueError(
        f"{source!r} is no source: @.a, $.a, received($.a), sent($.a), keys(place), count(place), header(Name), request(Name), "
        "path(name), query(name), origin(), called(name, source)"
    )


def _called(name: str, source: str) -> Fetch:
    fetch = fetcher(source)
    return lambda value, answer: fetch(other.body, other) if (other := answer.called.get(name)) is not None else ABSENT


def _keys(place: Fetch) -> Fetch:
    return lambda value, answer: list(found) if isinstance(found := place(value, answer), dict) else ABSENT


def _count(place: Fetch) -> Fetch:
    return lambda value, answer: len(found) if isinstance(found := place(value, answer), list) else ABSENT


def _place(text: str) -> Fetch | None:
    """`@…`, `$…`, `received($…)` or `sent($…)` as a function; None for anything else."""
    if text.startswith("@"):
        beside = parse_place("$" + text[1:])
        return lambda value, answer: get(value, beside)
    if text.startswith("$"):
        path = parse_place(text)
        return lambda value, answer: get(answer.body, path)
    if text.startswith("sent(") and text.endswith(")"):
        sent = parse_place(text.removeprefix("sent(")[:-1])
        return lambda value, answer: get(answer.call.body, sent)
    if text.startswith("received(") and text.endswith(")"):
        received = parse_place(text.removeprefix("received(")[:-1])
        return lambda value, answer: (
            answer.kept[received] if received in answer.kept else get(answer.received, received)
        )
    return None


def received_place(source: str) -> Path | None:
    """The place in NEW's body as sent that a source reads; None for a source that reads none."""
    call = _CALL.fullmatch(source)
    place = call[2] if call is not None and call[1] in ("keys", "count") else source
    return parse_place(place.removeprefix("received(")[:-1]) if place.startswith("received(") else None


def keep_received(answer: Answer, sources: Iterable[str]) -> None:
    """Copy what `sources` read of the body as NEW sent it, before steps edit it: cheaper than a second copy of all of it."""
    for source in sources:
        if (path := received_place(source)) is not None:
            answer.kept[path] = rebuilt(get(answer.body, path))
