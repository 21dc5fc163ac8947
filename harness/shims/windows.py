"""A window that is no whole page of NEW's is cut from a page that covers it: the request asks for that, the answer is cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from harness.changes.evidence import Case
from harness.changes.study import Study
from harness.lens.steps.cut import Cut
from harness.lens.steps.page import Page
from harness.lens.window import asked_rows
from harness.model.operation import Operation
from harness.model.paths import Path
from harness.shims.document import Entry, Learned, Shim

_QUERY: Path = ("query",)


def with_covering_windows(shim: Shim, study: Study) -> Shim:
    """The shim with covering pages, in every entry whose calls ask for windows and whose answers of OLD's hold one list."""
    cases = {(group.operation, group.forward): group.cases for group in study.groups}
    entries = (_covering(entry, cases.get((_operation(entry), entry.forward), ())) for entry in shim.entries)
    return replace(shim, entries=tuple(entries))


def _operation(entry: Entry) -> Operation:
    return Operation(entry.method, entry.template, entry.discriminator)


def _covering(entry: Entry, cases: Sequence[Case]) -> Entry:
    pages = [each.step for each in entry.request if isinstance(each.step, Page) and each.step.at == _QUERY]
    if len(pages) != 1 or (at := _rows_at(pages[0], cases)) is None:
        return entry
    page = pages[0]
    request = tuple(
        replace(each, step=replace(page, cover=True)) if each.step is page else each for each in entry.request
    )
    cut = Cut(at=at, start=page.start, end=page.end, limit=page.limit, when=page.when)
    return replace(
        entry, request=request, response=(*entry.response, Learned(cut, "the window of the page that covers it"))
    )


def _rows_at(page: Page, cases: Sequence[Case]) -> Path | None:
    """Where OLD's answers have the rows that were asked for: the list itself, or the one member of it that is a list."""
    places: set[Path] | None = None
    for case in cases:
        rows = asked_rows(case.call.query, page.start, page.end, page.limit)
        if rows is not None:
            fitting = {at for at, length in _lists(case.old_body) if length <= rows[1]}
            places = fitting if places is None else places & fitting
    return places.pop() if places is not None and len(places) == 1 else None


def _lists(body: object) -> Iterator[tuple[Path, int]]:
    if isinstance(body, list):
        yield (), len(body)
    elif isinstance(body, dict):
        yield from (((key,), len(item)) for key, item in body.items() if isinstance(item, list))
