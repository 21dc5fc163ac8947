"""A pair of requests as a pair for the engine: NEW's document is the aim, OLD's is what is edited, less what recordings have of
their own: ids and tokens that each run drew, headers that say who asks and when.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from harness.changes.drawn import drawn_apart
from harness.changes.evidence import Case, inside
from harness.changes.explain import Pair
from harness.lens.answer import Answer
from harness.lens.request import call_of, document_of
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.template import PathTemplate, decoded
from harness.schema.segments import cut, is_id

_OWN = frozenset(
    [
        *(
            "accept-encoding",
            "accept-language",
            "cache-control",
            "connection",
            "content-length",
            "cookie",
            "date",
            "dnt",
        ),
        *(
            "expect",
            "host",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "keep-alive",
            "origin",
            "pragma",
            "priority",
        ),
        *("proxy-authorization", "range", "referer", "te", "traceparent", "tracestate", "trailer", "transfer-encoding"),
        *("upgrade", "user-agent", "via", "x-csrf-token", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"),
        *("x-real-ip", "x-request-id", "x-xsrftoken"),
    ]
)
"""Headers that say who asks, through what, and when: they differ between recordings for reasons of their own."""


def request_pairs(operation: Operation, forward: str, cases: Sequence[Case]) -> Iterator[Pair]:
    """NEW's document as the aim, OLD's as what is edited; calls whose path does not fit are left out.

    A parameter that stands several times on NEW alone is a list in each of NEW's documents: one text is a list of one.
    """
    found = list(_documents(operation, forward, cases))
    lists = {
        name
        for pair in found
        for name, value in pair.old["query"].items()
        if isinstance(value, list) and not isinstance(pair.answer.body["query"].get(name), list)
    }
    for pair in found:
        query = pair.old["query"]
        query |= {name: [query[name]] for name in lists & query.keys() if not isinstance(query[name], list)}
    return iter(found)


def _documents(operation: Operation, forward: str, cases: Sequence[Case]) -> Iterator[Pair]:
    asked = PathTemplate(operation.template)
    serves = PathTemplate(forward.partition(" ")[2]) if forward else asked
    for case in cases:
        old, new = case.pair.old.request, case.pair.new.request
        ours, theirs = asked.raw(old.path), serves.raw(new.path)
        if ours is None or theirs is None:
            continue
        ours, theirs = ({name: decoded(value) for name, value in each.items()} for each in (ours, theirs))
        wanted = document_of(new, ours | _named_alike(ours, theirs))
        given = document_of(old, ours)
        _without_what_runs_draw(given["query"], wanted["query"])
        _without_own_headers(given["header"], wanted["header"])
        yield Pair(case.number, wanted, Answer(0, [], given, call_of(old, ours)))


def _named_alike(ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """The variables of NEW's path, but ids that each run made for itself: these are OLD's."""
    return {
        name: ours[name] if name in ours and _is_own_id(ours[name], value) else value for name, value in theirs.items()
    }


def _is_own_id(old: str, new: str) -> bool:
    """Whether both are ids that say nothing of each other."""
    return not inside(old, new) and not inside(new, old) and all(is_id(cut(each)[-1], None) for each in (old, new))


def _without_own_headers(given: dict[str, Json], wanted: dict[str, Json]) -> None:
    """Less what says who asks and when; media types are compared without parameters, credentials only where they are alike."""
    for name in given.keys() | wanted.keys():
        old, new = given.get(name), wanted.get(name)
        if name in _OWN or name.startswith("sec-") or (name == "authorization" and not _one_credential(old, new)):
            given.pop(name, None)
            wanted.pop(name, None)
        elif name == "content-type" and old and new and _media_type(old) == _media_type(new):
            wanted[name] = old


def _one_credential(old: Json, new: Json) -> bool:
    return bool(old and new) and old.split()[-1:] == new.split()[-1:]


def _media_type(value: str) -> str:
    return value.partition(";")[0].strip().lower()


def _without_what_runs_draw(given: dict[str, Json], wanted: dict[str, Json]) -> None:
    """Parameters of one name with values that each run drew for itself are the same."""
    for name in given.keys() & wanted.keys():
        old, new = given[name], wanted[name]
        if isinstance(old, str) and isinstance(new, str) and old != new and drawn_apart(old, new):
            wanted[name] = old
