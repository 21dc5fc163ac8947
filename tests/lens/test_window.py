"""What a window and a page mean is in vectors/page.json and vectors/offset.json; here: that they tell the same rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.lens.answer import Answer, Call
from harness.lens.steps.cut import Cut
from harness.lens.window import Window, covering

ENDED = Window("start", "end", "", "page", "size", 1)
LIMITED = Window("start", "", "limit", "page", "size", 0)
ROWS = list(range(1000))


@settings(deadline=None)
@given(st.integers(0, 99), st.integers(0, 99), st.booleans())
def test__paged__of_a_window__tells_the_same_rows_or_stays(start: int, size: int, texts: bool) -> None:
    last = {ENDED: ("end", start + size), LIMITED: ("limit", size)}
    for window, (name, number) in last.items():
        asked = {"start": start, name: number}
        value = {key: str(item) for key, item in asked.items()} if texts else asked
        paged = window.paged(value)
        if size == 0 or start % size:
            assert paged is value
            continue
        page, per_page = int(paged["page"]) - window.first, int(paged["size"])
        assert ROWS[page * per_page :][:per_page] == ROWS[start : start + size]
        assert {type(item) for item in paged.values()} == {str if texts else int}
        assert window.windowed(paged) == value


@settings(deadline=None)
@given(st.integers(0, 1100), st.integers(1, 99))
def test__covering_page__cut_to_the_window__has_just_its_rows(start: int, size: int) -> None:
    query = {"start": str(start), "end": str(start + size)}
    paged = Window("start", "end", "", "page", "size", 1, cover=True).paged(query)
    page, per_page = int(paged["page"]) - 1, int(paged["size"])
    answer = Answer(200, [], ROWS[page * per_page :][:per_page], Call(query=query))
    Cut(start="start", end="end").compile()(answer)
    assert answer.body == ROWS[start : start + size]


@pytest.mark.parametrize(
    ("start", "size", "page"),
    [
        (0, 10, 10),
        (20, 10, 10),
        (5, 10, 15),
        (5, 2, 4),
        (0, 0, None),
        (5, -1, None),
        (1500, 2000, None),
        (1000, 2000, 3000),
    ],
)
def test__covering__a_window__is_the_smallest_size_of_a_page_that_has_it(
    start: int, size: int, page: int | None
) -> None:
    assert covering(start, size) == page
