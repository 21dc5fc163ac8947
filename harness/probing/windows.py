"""A window into a list, told by its first row and its end or length, or by a page and its size: the notations of many APIs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from harness.lens.steps.offset import Offset
from harness.lens.steps.page import Page
from harness.probing.candidate import QUERY, Steps
from harness.probing.part import Part, Query, Rows, renamed
from harness.probing.vocabulary import ENDS, PAGES, ROWS, spelled

_START, _LIMIT = "backfit-start", "backfit-limit"
"""Names between two notations, that no API has."""

_TRIED = ((0, 2), (2, 2), (0, 3))
"""First row and length of the windows that NEW is asked for to see whether it understands a notation."""


def window_part(roles: Mapping[str, str], queries: Sequence[Query]) -> Part | None:
    """The window in the calls, where there is one; `roles` are the names of parameters by what they are for."""
    start, page = roles.get("start"), roles.get("page")
    last = roles.get("end") or roles.get("limit") or roles.get("size")
    size = roles.get("size") or roles.get("limit")
    if start and last and _are_numbers(queries, start, last):
        ends = last == roles.get("end")
        rows = {"start": start, "end" if ends else "limit": last}
        tries = tuple({start: str(at), last: str(at + count if ends else count)} for at, count in _TRIED)
        return Part((start, last), lambda: _windows_of_rows(rows), tries, _are_windows)
    if page and size and _are_numbers(queries, page, size):
        first = 0 if any(query.get(page) == "0" for query in queries) else 1
        tries = tuple({page: str(at // count + first), size: str(count)} for at, count in _TRIED)
        return Part((page, size), lambda: _windows_of_pages(page, size, first), tries, _are_windows)
    return None


def _are_windows(lists: Sequence[Rows]) -> bool:
    """Whether the three are the first two rows, the next two, and the first three."""
    first, second, more = lists
    return (len(first), len(second), len(more)) == (2, 2, 3) and [*first, second[0]] == more


def _are_numbers(queries: Sequence[Query], *names: str) -> bool:
    texts = [query[name] for query in queries for name in names if name in query]
    return all(isinstance(text, str) and text.isascii() and text.isdigit() for text in texts)


def _windows_of_rows(rows: Mapping[str, str]) -> Iterator[Steps]:
    yield ()
    start, end, limit = rows["start"], rows.get("end", ""), rows.get("limit", "")
    for page, size in _spelled_all(PAGES, start):
        for first in (1, 0):
            yield (Page(at=QUERY, start=start, end=end, limit=limit, page=page, size=size, first=first),)
    for new_start, new_last in _spelled_all(ROWS, start):
        yield from _rows_as_rows(start, end, limit, new_start, new_last)


def _rows_as_rows(start: str, end: str, limit: str, new_start: str, new_last: str) -> Iterator[Steps]:
    ends = new_last.lstrip("_$") in ENDS
    if ends is bool(end):
        yield renamed({start: new_start, end or limit: new_last})
    else:  # by way of pages, which is exact for whole pages
        paged = Page(at=QUERY, start=start, end=end, limit=limit, page=_START, size=_LIMIT)
        yield (paged, _offset(new_start, new_last, _START, _LIMIT))


def _windows_of_pages(page: str, size: str, first: int) -> Iterator[Steps]:
    yield ()
    for new_page, new_size in _spelled_all(PAGES, page):
        yield renamed({page: new_page, size: new_size})
        other = Offset(at=QUERY, start=_START, limit=_LIMIT, page=page, size=size, first=first)
        yield (other, Page(at=QUERY, start=_START, limit=_LIMIT, page=new_page, size=new_size, first=1 - first))
    for start, last in _spelled_all(ROWS, page):
        yield (_offset(start, last, page, size, first),)


def _offset(start: str, last: str, page: str, size: str, first: int = 1) -> Offset:
    ends = last.lstrip("_$") in ENDS
    return Offset(
        at=QUERY,
        start=start,
        end=last if ends else "",
        limit="" if ends else last,
        page=page,
        size=size,
        first=first,
    )


def _spelled_all(table: Sequence[tuple[str, str]], like: str) -> Iterator[tuple[str, str]]:
    """Every pair in OLD's spelling first, then in the others."""
    ways = [list(spelled(row, like)) for row in table]
    for at in range(max(map(len, ways))):
        for way in ways:
            if at < len(way):
                first, second = way[at]
                yield first, second
