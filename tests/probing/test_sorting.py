from __future__ import annotations

from typing import Any

import pytest

from harness.lens.answer import Call
from harness.lens.request import edited
from harness.probing.part import Part
from harness.probing.parts import parts

TWO = [{"_sort": "title", "_order": "DESC"}, {"_sort": "views", "_order": "ASC"}]
ORDER_BY = [{"order": "title", "dir": "desc"}]
SIGNED = [{"sort": "-title"}, {"sort": "views"}]


def part(sent: list[dict[str, str]]) -> Part:
    [found] = parts(sent)
    return found


def queries(sent: list[dict[str, str]]) -> list[dict[str, str]]:
    return [
        edited({"query": dict(sent[0])}, [step.compile() for step in form], Call())["query"]
        for form in part(sent).forms()
    ]


@pytest.mark.parametrize(
    ("sent", "form"),
    [
        (TWO, {"_sort": "-title"}),
        (TWO, {"sort": "-title"}),
        (TWO, {"orderBy": "-title"}),
        (TWO, {"sort": "title", "order": "desc"}),
        (TWO, {"sort_by": "title", "sort_order": "DESC"}),
        (TWO, {"sort": "title:desc"}),
        (TWO, {"$orderby": "title desc"}),
        (ORDER_BY, {"sort": "title", "order": "desc"}),
        (SIGNED, {"sort": "title", "order": "desc"}),
        (SIGNED, {"sort": "title:desc"}),
    ],
)
def test__sorting__in_a_conventional_notation__is_among_the_forms(
    sent: list[dict[str, str]], form: dict[str, str]
) -> None:
    assert form in queries(sent)


def test__sorting__forms__begin_with_none_and_leave_nothing_of_their_own() -> None:
    found = queries(TWO)
    assert found[0] == TWO[0]
    assert not any(name.startswith("backfit") for each in found for name in each)


@pytest.mark.parametrize("sent", [[{"sort": "title:desc"}], [{"sort": "a", "order": "newest"}], [{"order": "desc"}]])
def test__sorting__in_words_of_their_own__is_not_guessed_at(sent: list[dict[str, str]]) -> None:
    assert parts(sent) == []


@pytest.mark.parametrize(
    ("up", "down", "shown"),
    [
        ([1, 2, 3], [3, 2, 1], True),
        ([1, 2, 3], [1, 2, 3], False),
        ([1, 2, 3], [2, 1, 3], False),
        (["a", "B"], ["B", "a"], True),
        ([None, 1], [1, None], True),
        ([1], [1], False),
        ([], [], False),
    ],
)
def test__sorting__answers__show_whether_new_understands(up: list[Any], down: list[Any], shown: bool) -> None:
    assert part(TWO).shows([[{"title": each} for each in up], [{"title": each} for each in down]]) is shown
