from __future__ import annotations

import pytest

from harness.model.json_text import Json, parse
from harness.shims.choices import chosen, settled, standing_in, unsettled, with_then
from harness.shims.document import ERROR, HAND, Ambiguous, Entry, Lost
from harness.shims.yaml_writing import step_text
from tests.shims.answers import answer, call, entry, learned, program


@pytest.mark.parametrize(
    ("then", "body", "becomes"),
    [
        (None, {"r": [{"a": 1}, {"u": 2}]}, {"r": [{"a": 1, "u": None}, {"u": 2}]}),
        ([1.0], {"r": [{}]}, {"r": [{"u": [1.0]}]}),
        (0, {"other": 1}, {"other": 1}),
    ],
)
def test__then__a_value__stands_where_the_member_is_missing(then: Json, body: Json, becomes: Json) -> None:
    known = entry("GET /a", lost=(Lost("$.r[*].u", "gone", then=then),))
    assert parse(program(known).answer(call("GET /a"), answer(body)).response.body) == becomes


def test__then__error__says_what_is_lost_and_why() -> None:
    known = entry("GET /a", lost=(Lost("$.u", "'u' is gone", then=ERROR),))
    lacking = program(known).answer(call("GET /a"), answer({"a": 1}, ("etag", "x"))).response
    assert (lacking.status, parse(lacking.body)) == (502, {"error": "'u' is gone", "lost": "$.u"})
    assert [name for name, _ in lacking.headers] == ["content-type"]
    whole = program(known).answer(call("GET /a"), answer({"u": 1})).response
    assert (whole.status, parse(whole.body)) == (200, {"u": 1})


@pytest.mark.parametrize("path", ["$", "status", "header x", "request $.query.q", "$.a[*]", "$.a[0]", "$.a.*"])
def test__standing_in__for_what_is_no_member__is_nothing(path: str) -> None:
    assert standing_in(Lost(path, "gone", then=None)) is None


def test__chosen__without_a_choice__is_nothing() -> None:
    assert chosen(Entry("GET", "/a", lost=(Lost("$.a", "gone"),))) == ()


def test__settled__a_choice__stands_where_it_does_the_most_good_and_by_hand() -> None:
    choices = learned({"rename": {"from": "a", "to": "x"}}, {"rename": {"from": "b", "to": "x"}})
    doubt = Ambiguous("$", "two", choices)
    known = entry(
        "GET /a", {"drop": {"keys": ["a", "b"]}}, ambiguous=(doubt,), lost=(Lost("$.x", "gone"), Lost("$.y", "gone"))
    )
    found = settled(known, doubt, choices[1], lambda tried: 0)
    assert [(step_text(each.step), each.by) for each in found.response] == [
        ("rename: {from: b, to: x}", HAND),
        ("drop: {keys: [a, b]}", ""),
    ]
    assert (found.ambiguous, [each.path for each in found.lost]) == ((), ["$.y"])
    last = settled(known, doubt, choices[1], lambda tried: int(tried.response[0] == known.response[0]))
    assert step_text(last.response[1].step) == "rename: {from: b, to: x}"


def test__unsettled__none_of_them__is_lost() -> None:
    doubt = Ambiguous("$", "two", learned({"drop": {"keys": ["a"]}}))
    found = unsettled(entry("GET /a", ambiguous=(doubt,)), doubt)
    assert (found.ambiguous, [each.path for each in found.lost]) == ((), ["$"])


def test__with_then__one_of_two__leaves_the_other() -> None:
    one, two = Lost("$.a", "gone"), Lost("$.b", "gone")
    assert [each.then for each in with_then(entry("GET /a", lost=(one, two)), two, None).lost] == [one.then, None]
