from __future__ import annotations

import pytest

from harness.model.exchange import Request
from harness.model.operation import Operation
from harness.probing.paths import exchanged, moved, negotiated, other_methods, paths_in, shared_tail, with_variables_of


def places(template: str, seen: tuple[str, ...] = (), moves: tuple[tuple[str, str], ...] = ()) -> list[str]:
    return [each.forward.removeprefix("GET ") for each in moved(Operation("GET", template), seen, moves)]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("/api/3/all", "/api/4/all"),
        ("/api/3/all", "/api/v3/all"),
        ("/api/v1/users/{id}", "/api/v2/users/{id}"),
        ("/v1.0/users", "/v1.1/users"),
        ("/api/v2/users", "/api/users"),
        ("/users/{id}", "/api/users/{id}"),
        ("/old/users/{id}", "/users/{id}"),
        ("/users", "/users.json"),
        ("/users.json", "/users"),
        ("/users/", "/users"),
        ("/user/{id}", "/users/{id}"),
    ],
)
def test__moved__a_likely_place__is_among_the_candidates(template: str, expected: str) -> None:
    assert expected in places(template)


def test__moved__candidates__are_all_different_and_none_is_the_old_place_or_loses_a_variable() -> None:
    found = places("/api/3/users/{id}", ("/api/3/users/{id}", "/{tenant}/users/{id}", "/users/7"))
    assert len(found) == len(set(found))
    assert "/api/3/users/{id}" not in found
    assert all("{id}" in each and "{tenant}" not in each for each in found)


def test__moved__what_other_calls_did__comes_first_and_what_new_names_second() -> None:
    found = places("/api/3/cpu", ("/rest/cpu",), (("/api/3", "/x/4"),))
    assert found[:2] == ["/x/4/cpu", "/rest/cpu"]
    assert places("/api/30/cpu", moves=(("/api/3", "/x/4"),))[0] != "/x/4/0/cpu"


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ('{"next": "https://x.test/v2/items?page=2", "self": "/v2/items/7"}', ["/v2/items", "/v2/items/7"]),
        ('<https://x.test/v2/items>; rel="next"', []),
        ('href="/docs/" src="//cdn.example/x.js"', ["/docs"]),
    ],
)
def test__paths_in__an_answer__are_those_that_it_names(text: str, paths: list[str]) -> None:
    assert paths_in(text) == paths


@pytest.mark.parametrize(
    ("old", "new", "shared"),
    [
        (["api", "3", "cpu"], ["api", "4", "cpu"], 1),
        (["items", "{id}"], ["v2", "items", "{item_id}"], 2),
        (["items", "{id}"], ["v2", "items", "77"], 2),
        (["items", "{id}"], ["v2", "items", "new"], 0),
        (["{id}"], ["{id}"], 0),
    ],
)
def test__shared_tail__of_two_templates__needs_a_word(old: list[str], new: list[str], shared: int) -> None:
    assert shared_tail(old, new) == shared


def test__with_variables_of__news_path__has_olds_names() -> None:
    assert with_variables_of(["items", "{id}"], "/v2/items/{item_id}") == "/v2/items/{id}"


@pytest.mark.parametrize(
    ("old", "new", "move"),
    [
        ("/api/3/cpu", "/api/4/cpu", ("/api/3", "/api/4")),
        ("/cpu", "/api/cpu", ("", "/api")),
        ("/a/{id}", "/b/{id}", ("/a", "/b")),
    ],
)
def test__exchanged__two_templates__are_their_beginnings(old: str, new: str, move: tuple[str, str]) -> None:
    assert exchanged(old, new) == move


@pytest.mark.parametrize(("method", "others"), [("PUT", ["PATCH /a", "POST /a"]), ("GET", [])])
def test__other_methods__of_a_write__are_writes(method: str, others: list[str]) -> None:
    assert [each.forward for each in other_methods(Operation(method, "/a"))] == others


@pytest.mark.parametrize("headers", [(), (("Accept", "text/html"),)])
def test__negotiated__a_call__asks_for_json(headers: tuple[tuple[str, str], ...]) -> None:
    request = Request("GET", "http://x.test/a", headers)
    [candidate] = negotiated([request])
    assert [
        value for name, value in candidate.rewrite(Operation("GET", "/a"))(request).headers if name.lower() == "accept"
    ] == ["application/json"]
