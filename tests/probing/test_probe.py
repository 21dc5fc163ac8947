from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from harness.changes.asked import ASKED
from harness.model.exchange import Recording
from harness.probing.asking import Asker
from harness.probing.probe import Found, Probed, disagreeing, probe
from tests.probing.shops import ITEMS, LISTS, Asked, Query, first, old, paged, recorded, server


def probed(
    new: Asked, *targets: str, budget: int = 900, recording: Recording | None = None, tries: tuple[str, ...] = ()
) -> Probed:
    with server(new) as running:
        return probe(recording or recorded(old, *targets), Asker(running.url, budget), tries=tries)


def only(result: Probed) -> Found:
    [found] = result.found
    return found


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (paged("page", "per_page", "sort"), "page=2&per_page=10&sort=title"),
        (paged("_page", "_per_page", "_sort"), "_page=2&_per_page=10&_sort=title"),
        (paged("page", "size", "orderBy", first_page=0, strict=True), "page=1&size=10&orderBy=title"),
        (paged("page[number]", "page[size]", "sort", strict=True), "page%5Bnumber%5D=2&page%5Bsize%5D=10&sort=title"),
        (paged("pageNumber", "pageSize", "sortBy", strict=True), "pageNumber=2&pageSize=10&sortBy=title"),
    ],
)
def test__probe__a_list_that_moved_and_is_asked_in_other_words__is_found(new: Asked, expected: str) -> None:
    result = probed(new, *LISTS)
    found = only(result)
    second = result.recording.exchanges[1]
    assert found.candidate.forward == "GET /api/2/items"
    assert sorted(second.request.query_string.replace("[", "%5B").replace("]", "%5D").split("&")) == sorted(
        expected.split("&")
    )
    assert found.now == 1.0
    assert [next(iter(step)) for step in second.meta[ASKED]][:1] == ["page"]


def test__probe__a_new_version_that_answers_alike__is_asked_as_before() -> None:
    result = probed(old, *LISTS, "/api/1/items/7")
    assert not any(found.rewrites for found in result.found)
    assert result.recording == recorded(old, *LISTS, "/api/1/items/7")


def test__probe__a_parameter_that_nothing_stands_for__is_told_and_its_calls_stay_as_they_were() -> None:
    """NEW takes what it does not know for a filter that nothing passes."""

    def new(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        status, value = paged("page", "per_page", "sort")(method, path, query, body)
        passed = status != 200 or query.keys() <= {"page", "per_page", "sort", "tag"}
        return (status, value) if passed else (200, {"total": 0, "data": []})

    searched = "/api/1/items?_start=0&_end=10&_sort=title&_order=ASC&search=item"
    result = probed(new, *LISTS, searched)
    assert only(result).unsolved == ("search",)
    assert result.recording.exchanges[-1].request.url.endswith(searched)
    assert result.recording.exchanges[0].request.url.endswith("/api/2/items?page=1&per_page=10&sort=title")


@pytest.mark.parametrize("new_name", ["q", "query", "filter"])
def test__probe__a_search_under_another_name__is_found(new_name: str) -> None:
    targets = [
        f"/api/1/items?_start=0&_end=10&_sort=title&_order=ASC&search={word}" for word in ("item 1", "item 2", "3")
    ]

    def moved_only(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return paged("page", "per_page", "sort", strict=True, search=new_name)(method, path, query, body)

    result = probed(moved_only, *LISTS, *targets)
    assert result.recording.exchanges[-1].request.query_string == f"page=1&per_page=10&sort=title&{new_name}=3"
    assert only(result).now == 1.0


def test__probe__two_places_that_serve_other_answers_of_one_form__are_rivals_and_none_is_taken() -> None:
    def new(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        versions = {"/api/2/items": "left", "/api/3/items": "right"}
        return (200, [{**item, "side": versions[path]} for item in ITEMS]) if path in versions else (404, {})

    def before(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return (200, [{**item, "side": "none"} for item in ITEMS]) if path == "/api/1/items" else (404, {})

    found = only(probed(new, recording=recorded(before, "/api/1/items")))
    assert [str(found.candidate), *map(str, found.rivals)] == ["as before", "GET /api/2/items", "GET /api/3/items"]


def test__probe__ids_in_a_list_of_parameters__are_joined_where_new_wants_that() -> None:
    def before(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return 200, [item for item in ITEMS if str(item["id"]) in query.get("id", [])]

    def new(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return 200, [item for item in ITEMS if str(item["id"]) in first(query, "ids").split(",")]

    targets = [f"/items?id={a}&id={b}" for a, b in ((1, 2), (3, 9), (7, 8))]
    result = probed(new, recording=recorded(before, *targets))
    assert [each.request.query_string for each in result.recording.exchanges] == ["ids=1,2", "ids=3,9", "ids=7,8"]


def test__probe__fields_that_a_parameter_brings_back__are_asked_for() -> None:
    def before(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return 200, {"rows": ITEMS[:3], "columns": ["id", path], "table": path, "weight": len(path)}

    def new(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        words = first(query, "_extra").split(",") if "_extra" in query else []
        if not set(words) <= {"columns", "weight"}:
            return 400, {"error": "unknown extra"}
        _, whole = before(method, path, query, body)
        return 200, {key: value for key, value in whole.items() if key in ("rows", *words)}

    found = only(probed(new, recording=recorded(before, "/t/1/r", "/t/22/r", "/t/333/r")))
    assert str(found.candidate) == "default at $.query, key _extra, value columns,weight"


def test__probe__a_persons_own_parameter__is_tried_first() -> None:
    def before(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return 200, {"rows": ITEMS[:3], "price": path}

    def new(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return 200, {"rows": ITEMS[:3], **({"price": path} if first(query, "shape") == "full" else {})}

    found = only(probed(new, recording=recorded(before, "/t/1/r", "/t/22/r", "/t/333/r"), tries=("shape=full",)))
    assert str(found.candidate) == "default at $.query, key shape, value full"


def test__probe__a_field_that_comes_back_with_another_value__is_not_asked_for() -> None:
    def before(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return 200, {"rows": ITEMS[:3], "price": path}

    def new(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return 200, {"rows": ITEMS[:3], **({"price": "?"} if "fields" in query else {})}

    assert not only(probed(new, recording=recorded(before, "/t/1/r", "/t/22/r", "/t/333/r"))).rewrites


def test__probe__bounds__are_kept_and_said() -> None:
    with server(paged("page", "per_page", "sort")) as running:
        result = probe(recorded(old, *LISTS), Asker(running.url, 9))
        assert (len(running.requests), result.asked, result.spent) == (9, 9, True)
    assert not any(found.rewrites for found in result.found)


def test__probe__unsafe_methods__are_asked_only_with_a_reset_and_reset_after_each() -> None:
    said: list[str] = []

    def new(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        said.append(method)
        return (
            (200, {"id": 7, "title": body["title"], "views": 1, "by": path[-1]})
            if method == "PATCH" and body
            else (405, {})
        )

    def before(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return 200, {"id": 7, "title": body["title"], "views": 1, "by": path[-1]}

    recording = recorded(before, "/items/7", "/items/8", "/items/9", method="PUT", body={"title": "new"})
    with server(new) as running:
        without = probe(recording, Asker(running.url, 100))
        assert [str(each) for each in without.unasked] == ["PUT /items/{item_id}"]
        assert not [method for method in said if method != "GET"]

        def reset() -> str:
            said.append("reset")
            return running.url

        result = probe(recording, Asker(running.url, 100, reset=reset))
    assert only(result).candidate.forward == "PATCH /items/{item_id}"
    unsafe = [each for each in said if each not in ("GET",)]
    assert unsafe[1::2] == ["reset"] * (len(unsafe) // 2)


def test__disagreeing__operations__are_those_that_lost_something() -> None:
    ours = recorded(old, *LISTS, "/api/1/items/7")
    theirs = recorded(lambda *asked: (200, []) if "_start" in asked[2] else old(*asked), *LISTS, "/api/1/items/7")
    assert {str(each) for each in disagreeing(ours, theirs)} == {"GET /api/1/items"}
    assert disagreeing(ours, ours) == set()


def test__probed__calls__survive_as_a_recording() -> None:
    result = probed(paged("page", "per_page", "sort"), *LISTS)
    assert [each.id for each in result.recording.exchanges] == [f"c{at}" for at in range(5)]
    assert json.dumps([each.meta for each in result.recording.exchanges])
    assert replace(result.recording, exchanges=()).source == recorded(old).source


def test__probe__a_place_that_new_itself_names__is_found_by_a_redirect() -> None:
    def new(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        if path.startswith("/shop/goods/"):
            return old(method, path.replace("/shop/goods/", "/api/1/items/"), query, body)
        return 301, {"moved": f"/shop/goods/{path.rsplit('/', 1)[1]}"} if path.startswith("/api/1/items/") else {}

    result = probed(new, "/api/1/items/7", "/api/1/items/8", "/api/1/items/31")
    assert only(result).candidate.forward == ""  # no word of its path is left: nothing says that goods are items

    def words(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return (
            new(method, path.replace("/shop/items/", "/shop/goods/"), query, body) if "goods" not in path else (404, {})
        )

    def named(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        status, value = words(method, path, query, body)
        return status, {"moved": value["moved"].replace("goods", "items")} if status == 301 and value else value

    result = probed(named, "/api/1/items/7", "/api/1/items/8", "/api/1/items/31")
    assert only(result).candidate.forward == "GET /shop/items/{item_id}"


@pytest.mark.parametrize("answer", [{"id": 1, "title": "another", "views": 3}, {"id": 7, "title": "?", "views": 4}])
def test__probe__a_place_that_answers_something_else_of_one_form__is_not_taken(answer: Any) -> None:
    def new(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return (200, answer) if path.startswith("/api/2/items/") else (404, {})

    assert not only(probed(new, "/api/1/items/7")).rewrites


def test__probe__a_place_that_serves_nothing_of_olds__is_given_up_again() -> None:
    def new(method: str, path: str, query: Query, body: Any) -> tuple[int, Any]:
        return (200, {"data": []}) if path == "/api/2/items" else (404, {})

    assert not only(probed(new, *LISTS)).rewrites
