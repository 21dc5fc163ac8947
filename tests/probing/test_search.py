from __future__ import annotations

from typing import Any

import pytest

from harness.model.exchange import Request, Response
from harness.model.json_text import serialize
from harness.model.operation import Operation
from harness.probing.asking import Asker
from harness.probing.judging import Verdict
from harness.probing.search import Search, query_of, rows_of, unsolved
from tests.probing.shops import ITEMS, LISTS, Query, old, paged, recorded, server

LIST = Operation("GET", "/api/1/items")


def test__query_of__a_call__has_a_list_where_a_name_repeats() -> None:
    assert query_of(Operation("GET", "/a/{id}"), Request("GET", "http://x.test/a/7?b=1&c=2&b=3")) == {
        "b": ["1", "3"],
        "c": "2",
    }


def test__unsolved__parameters__are_those_of_failing_calls_alone() -> None:
    calls = recorded(old, "/api/1/items?a=1", "/api/1/items?a=1&q=x", "/api/1/items?p=1").exchanges
    assert unsolved(LIST, calls, Verdict((1.0, 0.1, 0.2))) == ["q", "p"]


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        ([{"a": 1}], 1),
        ({"data": [{"a": 1}, {"a": 2}], "links": [{"b": 1}]}, 2),
        ({"page": {"result": {"items": [{"a": 1}]}}}, 1),
        ({"tags": ["a", "b"]}, 0),
        ("text", 0),
    ],
)
def test__rows_of__an_answer__are_its_longest_list_of_objects(body: Any, rows: int) -> None:
    headers = (("Content-Type", "application/json"),)
    assert len(rows_of(Response(200, headers, serialize(body)))) == rows
    assert rows_of(Response(404, headers, serialize(body))) == rows_of(None) == []


def test__run__what_new_takes_from_another_operation__is_a_habit_that_one_call_confirms() -> None:
    one = recorded(old, LISTS[0]).exchanges
    with server(paged("page", "per_page", "sort")) as new:
        many = Search(LIST, recorded(old, *LISTS).exchanges, Asker(new.url, 500))
        _, found = many.run()
        alone = Search(LIST, one, Asker(new.url, 500), moves=[("/api/1", "/api/2")])
        assert alone.run()[1].candidate.steps == ()
        helped = Search(LIST, one, Asker(new.url, 500), moves=[("/api/1", "/api/2")], habits=many.habits)
        assert helped.run()[1].candidate.steps == found.candidate.steps != ()


def test__run__a_candidate_that_fits_one_call_alone__is_not_taken() -> None:
    """NEW's page is always the first: what it gives for the first window is OLD's by chance."""

    def new(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return 200, [] if "_start" in query else ITEMS[:10]

    calls = recorded(old, *(f"/api/1/items?_start={at}&_end={at + 10}" for at in (0, 10, 20))).exchanges
    with server(new) as running:
        before, best = Search(LIST, calls, Asker(running.url, 500)).run()
    assert best.candidate == before.candidate
