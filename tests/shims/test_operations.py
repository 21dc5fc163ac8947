from __future__ import annotations

from harness.lens.condition import Condition
from harness.shims.document import Moved, Shim
from harness.shims.operations import (
    covering_operations,
    moved_path,
    moved_twice,
    moves_of,
    moves_to,
    operations,
    takes_all,
)
from tests.shims.answers import entry


def test__operations__of_a_shim__are_ranked_and_split_by_calls_that_exclude_each_other() -> None:
    paged, whole = Condition(query=(("page", True),)), Condition(query=(("page", False),))
    shim = Shim(
        entries=(
            entry("GET /{x}"),
            entry("GET /a", when=paged),
            entry("GET /a", when=whole),
            entry("GET /b", when=Condition("404")),
            entry("GET /b", when=Condition("2xx", query=(("page", True),))),
        )
    )
    found = [(each.template, each.asked, len(each.entries)) for each in operations(shim)]
    assert sorted(found[:2], key=str) == sorted([("/a", paged, 1), ("/a", whole, 1)], key=str)
    assert found[2:] == [("/b", Condition(), 2), ("/{x}", Condition(), 1)]
    assert [each.template for each in covering_operations(operations(shim), "GET", "/b")] == ["/b", "/{x}"]
    assert [takes_all(each) for each in operations(shim)] == [False, False, True, True]


def test__operations__forwarded_only_to_know_an_answer__are_asked_where_they_were() -> None:
    [known, sent] = operations(
        Shim(entries=(entry("GET /a", forward="GET /b", rewrite=None), entry("GET /c", forward="POST /d")))
    )
    assert {known.target, sent.target} == {("GET", "/a"), ("POST", "/d")}


def test__moved__prefixes_of_two_shims__go_on() -> None:
    first, second = (Moved("/api/3", "/api/4"),), (Moved("/api/4", "/v5"), Moved("/x", "/y"))
    assert [(each.from_, each.to) for each in moved_twice(first, second)] == [
        ("/api/3", "/v5"),
        ("/api/4", "/v5"),
        ("/x", "/y"),
    ]
    assert [moved_path(second, path) for path in ("/api/4/all", "/api/44", "/x")] == ["/v5/all", "/api/44", "/y"]
    assert [each.template for each in moves_to(Shim(moved=first), "GET", "/api/4/{id}")] == ["/api/3/{id}"]
    assert [each.target for each in moves_of(Shim(moved=second), "GET", "/{a}/{b}/c")] == [
        ("GET", "/v5/c"),
        ("GET", "/y/{b}/c"),
    ]
