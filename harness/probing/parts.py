"""The parameters of an operation's calls by what they do together: a window into a list, its order, or one alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.lens.steps.join import Join
from harness.lens.steps.table import Table
from harness.probing.candidate import QUERY, Steps
from harness.probing.part import Part, Query, renamed
from harness.probing.sorting import is_order, sorting_part
from harness.probing.vocabulary import FILTERS, MEMBERS, SEARCHES, role, spelled
from harness.probing.windows import window_part

_BOOLEANS = ((("true", "1"), ("false", "0")), (("1", "true"), ("0", "false")), (("true", "yes"), ("false", "no")))


def parts(queries: Sequence[Query]) -> list[Part]:
    """The window and the order in an operation's calls, as far as there are any."""
    names = dict.fromkeys(name for query in queries for name in query)
    roles: dict[str, str] = {}
    for name in names:
        which = role(name)
        if which == "order" and not is_order(queries, name):
            which = "sort"  # `order=title&dir=desc`
        roles.setdefault(which, name)
    found = [window_part(roles, queries), sorting_part(roles, queries)]
    return [part for part in found if part is not None]


def alone(name: str, queries: Sequence[Query]) -> Part:
    """One parameter that NEW does not take as it stands."""
    values = [query[name] for query in queries if name in query]
    several = any(isinstance(value, list) for value in values)

    def forms() -> Iterator[Steps]:
        yield ()
        if several:
            yield (Join(at=(*QUERY, name), by=","),)
        for other in _others(name, several):
            rename = renamed({name: other})
            yield rename
            if several:
                yield (*rename, Join(at=(*QUERY, other), by=","))
        for rows in _BOOLEANS if set(map(str, values)) <= {"true", "false", "0", "1"} else ():
            yield (Table(at=(*QUERY, name), rows=rows),)

    return Part((name,), forms)


def _others(name: str, several: bool) -> Iterator[str]:
    if role(name) == "search":
        yield from dict.fromkeys(
            each for [each] in (way for word in SEARCHES for way in spelled((word,), name)) if each != name
        )
    yield from (pattern.format(name) for pattern in (MEMBERS if several else FILTERS))
