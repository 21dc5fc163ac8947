from __future__ import annotations

import pytest

from harness.lens.condition import Condition
from harness.shims.document import Entry
from harness.shims.routes import compiled_steps, old_rank, rank, route_of, sources_of
from tests.shims.answers import call, entry, learned

MOVED = entry(
    "GET /posts/{id}",
    forward="GET /v2/{id}",
    request=learned({"rename": {"at": "$.query", "from": "q", "to": "search"}}),
    rewrite=Condition(query=(("raw", False),)),
)


@pytest.mark.parametrize(
    ("asked", "sent"), [("/posts/7?q=x", "/v2/7?search=x"), ("/posts/a%2Fb", "/v2/a%2Fb"), ("/other/7", "/other/7")]
)
def test__forward__of_a_call__is_in_news_form(asked: str, sent: str) -> None:
    assert route_of(MOVED).forward(call(f"GET {asked}")) == call(f"GET {sent}")


@pytest.mark.parametrize(("sent", "asked"), [("/v2/7?search=x", "/posts/7?q=x"), ("/posts/7", None), ("/v2/7/8", None)])
def test__backward__of_what_new_got__is_in_olds_form(sent: str, asked: str | None) -> None:
    assert route_of(MOVED).backward(call(f"GET {sent}")) == (None if asked is None else call(f"GET {asked}"))


@pytest.mark.parametrize(("asked", "goes"), [("/posts/7", True), ("/posts/7?raw=1", False)])
def test__goes__says_whether_the_call_is_asked_there(asked: str, goes: bool) -> None:
    route = route_of(MOVED)
    known = route.call(call(f"GET {asked}"))
    assert known is not None
    assert route.goes(known) is goes


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Entry("GET", "/a/new"), Entry("GET", "/a/{id}")),
        (Entry("GET", "/a/{id}", when=Condition(query=(("x", True),))), Entry("GET", "/a/{id}")),
        (Entry("GET", "/a/{id}", forward="GET /b/{id}"), Entry("GET", "/a/{id}")),
    ],
    ids=["literal", "condition", "moved"],
)
def test__rank__of_two_routes__puts_the_more_specific_first(first: Entry, second: Entry) -> None:
    one, other = route_of(first), route_of(second)
    assert old_rank(one) < old_rank(other)
    assert first.forward or rank(one) < rank(other)


def test__compiled_steps__on_one_list__run_together_and_are_told_one_by_one() -> None:
    ready = compiled_steps(learned({"drop": {"at": "$[*]", "keys": ["a"]}}, {"drop": {"at": "$[*]", "keys": ["b"]}}))
    assert [len(each.each) for each in ready] == [2]


def test__sources__of_steps__are_those_in_the_body_as_received() -> None:
    steps = learned({"copy": {"from": "received($.a)", "to": "b"}}, {"copy": {"from": "$.a", "to": "c"}})
    assert sources_of(steps) == ("received($.a)",)


def test__old_rank__of_an_entry_whose_call_is_not_sent_there__is_behind_the_one_that_is() -> None:
    moved, stays = (route_of(Entry("GET", "/a/{id}", forward=forward)) for forward in ("GET /b/{id}", ""))
    assert old_rank(moved, goes=False) > old_rank(stays)
