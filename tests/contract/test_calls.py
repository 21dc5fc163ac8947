from __future__ import annotations

import pytest

from harness.contract.calls import Calls
from tests.contract.exchanges import access, exchange, recorded

ARTICLES = [exchange(f"GET /articles/{n}", {"title": "x", "n": n}) for n in (1, 2, 3)]


def meant(calls: Calls, target: str, place: str = "$.title") -> list[str]:
    return [str(each) for each in calls.meant(access(target, place))]


@pytest.mark.parametrize(
    ("target", "operations"),
    [
        ("GET /articles/2", ["GET /articles/{article_id}"]),
        ("get /articles/2", ["GET /articles/{article_id}"]),
        ("GET /articles/77", ["GET /articles/{article_id}"]),  # like those that were recorded
        ("GET /search?b=2&a=1", ["GET /search"]),
        ("GET /search?a=7", ["GET /search"]),
        ("GET /se%61rch", ["GET /search"]),
        ("POST /search", []),
        ("GET /static/app.json", []),
        ("GET host-api://page/System/getUser", []),
        ("CALL host-api://page/System/getUser", ["CALL /System/getUser"]),
    ],
)
def test__meant__a_method_and_a_url__names_the_operation(target: str, operations: list[str]) -> None:
    host_call = exchange("CALL /System/getUser", {"title": "x"}, host="host-api://page")
    search = exchange("GET /search?a=1&b=2", {"title": "x"})
    assert meant(Calls.of(*recorded(*ARTICLES, search, host_call)), target) == operations


@pytest.mark.parametrize(
    ("status", "method", "operations"),
    [
        (302, "GET", ["GET /new"]),
        (307, "GET", ["GET /new"]),
        (303, "POST", ["GET /new"]),
        (302, "POST", ["GET /new"]),
        (307, "POST", ["POST /new"]),
    ],
)
def test__meant__a_redirected_call__is_what_answered_in_the_end(
    status: int, method: str, operations: list[str]
) -> None:
    first = exchange(f"{method} /old", status=status, location="/mid?x=1")
    second = exchange("GET /mid?x=1", status=302, location="new")
    third = exchange("POST /mid?x=1", status=308, location="/new")
    last = [exchange(f"{each} /new", {"title": "x"}) for each in ("GET", "POST")]
    assert meant(Calls.of(*recorded(first, second, third, *last)), f"{method} /old") == operations


def test__meant__a_query_in_another_order__is_the_same_call() -> None:
    gone = [exchange(f"GET /go?a={n}&b=2", status=302, location=f"/{name}") for n, name in ((1, "x"), (2, "y"))]
    calls = Calls.of(*recorded(*gone, exchange("GET /x", {"title": 1}), exchange("GET /y", {"title": 1})))
    assert meant(calls, "GET /go?b=2&a=1") == ["GET /x"]
    assert meant(calls, "GET /go") == ["GET /x", "GET /y"]


def test__meant__a_redirect_that_leads_to_itself__ends() -> None:
    calls = Calls.of(*recorded(exchange("GET /a", status=302, location="/a")))
    assert meant(calls, "GET /a") == ["GET /a"]


@pytest.mark.parametrize(
    ("place", "operations"),
    [
        ("$.data.user.name", ["POST /graphql GetUser"]),
        ("$.data.tags[*]", ["POST /graphql Tags"]),
        ("$.data", ["POST /graphql GetUser", "POST /graphql Tags"]),
        ("$.errors", ["POST /graphql GetUser", "POST /graphql Tags"]),
        ("status", ["POST /graphql GetUser", "POST /graphql Tags"]),
    ],
)
def test__meant__several_operations_at_one_url__are_told_apart_by_their_answers(
    place: str, operations: list[str]
) -> None:
    user = exchange("POST /graphql", {"data": {"user": {"name": "x"}}}, body={"query": "query GetUser { x }"})
    tags = exchange("POST /graphql", {"data": {"tags": ["x"]}}, body={"query": "query Tags { x }"})
    assert meant(Calls.of(*recorded(user, tags)), "POST /graphql", place) == operations
