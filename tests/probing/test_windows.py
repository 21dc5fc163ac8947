from __future__ import annotations

import pytest

from harness.lens.answer import Call
from harness.lens.request import edited
from harness.probing.parts import parts
from harness.probing.windows import window_part

ROWS = [{"_start": "20", "_end": "30"}]
LIMITS = [{"offset": "20", "limit": "10"}]
PAGES = [{"page": "3", "per_page": "10"}]
FROM_ZERO = [{"page": "2", "size": "10"}, {"page": "0", "size": "10"}]


def queries(sent: list[dict[str, str]]) -> list[dict[str, str]]:
    """The first call in every form."""
    [part] = parts(sent)
    return [
        edited({"query": dict(sent[0])}, [step.compile() for step in form], Call())["query"] for form in part.forms()
    ]


@pytest.mark.parametrize(
    ("sent", "form"),
    [
        (ROWS, {"_page": "3", "_per_page": "10"}),
        (ROWS, {"page": "2", "size": "10"}),
        (ROWS, {"offset": "20", "limit": "10"}),
        (ROWS, {"pageNumber": "3", "pageSize": "10"}),
        (LIMITS, {"page": "3", "per_page": "10"}),
        (LIMITS, {"$skip": "20", "$top": "10"}),
        (LIMITS, {"start": "20", "end": "30"}),
        (PAGES, {"page[number]": "3", "page[size]": "10"}),
        (PAGES, {"page": "2", "size": "10"}),
        (PAGES, {"offset": "20", "limit": "10"}),
        (FROM_ZERO, {"page": "3", "per_page": "10"}),
        (FROM_ZERO, {"from": "20", "size": "10"}),
    ],
)
def test__window__in_a_conventional_notation__is_among_the_forms(
    sent: list[dict[str, str]], form: dict[str, str]
) -> None:
    assert form in queries(sent)


@pytest.mark.parametrize("sent", [ROWS, LIMITS, PAGES, FROM_ZERO])
def test__window__forms__begin_with_none_and_ask_for_the_same_rows(sent: list[dict[str, str]]) -> None:
    found = queries(sent)
    assert found[0] == sent[0]
    assert all(len(each) == 2 and "backfit-start" not in each for each in found)


@pytest.mark.parametrize("sent", [[{"from": "2024-01-01", "to": "2024-02-01"}], [{"limit": "5"}], [{"tag": "a"}], [{}]])
def test__window__what_is_none__is_no_part(sent: list[dict[str, str]]) -> None:
    assert parts(sent) == []


@pytest.mark.parametrize(
    ("lists", "shown"),
    [
        (([1, 2], [3, 4], [1, 2, 3]), True),
        (([2, 3], [4, 5], [3, 4, 5]), False),
        (([1, 2], [1, 2], [1, 2, 3]), False),
        (([1, 2, 3], [1, 2, 3], [1, 2, 3]), False),
    ],
    ids=["understood", "counted from another first page", "the page is ignored", "the size is ignored"],
)
def test__window__answers__show_whether_new_understands(lists: tuple[list[int], ...], shown: bool) -> None:
    part = window_part({"page": "page", "size": "per_page"}, PAGES)
    assert part is not None
    assert part.shows(lists) is shown
