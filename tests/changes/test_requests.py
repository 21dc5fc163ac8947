from __future__ import annotations

from collections.abc import Sequence

import pytest

from harness.changes.requests import Rewriting
from harness.changes.study import study
from harness.lens.condition import ALWAYS, Condition
from harness.model.exchange import Exchange, Recording, Response
from harness.model.json_text import Json
from tests.changes.calls import JSON, Call, call, recording, rewritten, steps

WINDOWS = [(0, 10), (10, 10), (40, 20), (60, 20), (0, 5)]
WORDS = ["red", "green", "blue", "deep blue"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            [f"GET /a?_limit={n}&q=x" for n in (5, 10, 25)],
            [f"GET /a?_per_page={n}&q=x" for n in (5, 10, 25)],
            [{"rename": {"at": "$.query", "from": "_limit", "to": "_per_page"}}],
        ),
        (
            [f"GET /a?_start={start}&_end={start + n}" for start, n in WINDOWS],
            [f"GET /a?_page={start // n + 1}&_per_page={n}" for start, n in WINDOWS],
            [{"page": {"at": "$.query", "start": "_start", "end": "_end", "page": "_page", "size": "_per_page"}}],
        ),
        (
            [f"GET /a?page={start // n}&size={n}" for start, n in WINDOWS],
            [f"GET /a?offset={start}&limit={n}" for start, n in WINDOWS],
            [{"offset": {"at": "$.query", "start": "offset", "limit": "limit", "page": "page", "size": "size", "first": 0}}],
        ),
        (
            [f"GET /a?q={word}" for word in WORDS],
            [f"GET /a?q={word}&v=2" for word in WORDS],
            [{"default": {"at": "$.query", "key": "v", "value": "2"}}],
        ),
        (
            [f"GET /a?q={word}&cache=no" for word in WORDS],
            [f"GET /a?q={word}" for word in WORDS],
            [{"drop": {"at": "$.query", "keys": ["cache"]}}],
        ),
        (
            [call(f"GET /a?q={word}", accept="application/vnd.v1+json") for word in WORDS],
            [call(f"GET /a?q={word}", accept="application/vnd.v2+json") for word in WORDS],
            [{"table": {"at": "$.header.accept", "rows": [["application/vnd.v1+json", "application/vnd.v2+json"]]}}],
        ),
        (
            [call("POST /a", {"title": word, "n": at}) for at, word in enumerate(WORDS)],
            [call("POST /a", {"name": word, "n": at}) for at, word in enumerate(WORDS)],
            [{"rename": {"at": "$.body", "from": "title", "to": "name"}}],
        ),
        (
            [call("POST /a", {"title": word, "n": at}) for at, word in enumerate(WORDS)],
            [call("POST /a", {"post": {"title": word, "n": at}}) for at, word in enumerate(WORDS)],
            [{"wrap": {"at": "$.body", "key": "post", "only": ["object"]}}],
        ),
    ],
    ids=["renamed", "page", "offset", "added", "dropped", "header", "body", "envelope"],
)  # fmt: skip
def test__rewriting__of_calls_that_are_asked_otherwise__is_its_steps(
    old: list[Call], new: list[Call], expected: list[Json]
) -> None:
    [found] = rewritten(old, new)
    assert steps(found) == expected
    assert (found.residue, found.differing, len(found.cases)) == ([], len(old), len(old))


@pytest.mark.parametrize(
    ("old", "new", "forward", "expected"),
    [
        ([f"PUT /a/{n}" for n in (1, 2, 13)], [f"PATCH /b/u-{n}" for n in (1, 2, 13)], "PATCH /b/u-{a_id}", []),
        ([f"GET /a/{n}" for n in (1, 2, 13)], [f"GET /a({n})" for n in (1, 2, 13)], "GET /a({a_id})", []),
        (
            [f"GET /a/{n}" for n in (7, 8, 13)],
            [f"GET /a?id={n}" for n in (7, 8, 13)],
            "GET /a",
            [{"copy": {"at": "$.query", "from": "path(a_id)", "to": "id"}}],
        ),
        (
            [f"GET /a?kind={word}" for word in WORDS],
            [f"GET /{word.replace(' ', '%20')}/a" for word in WORDS],
            "GET /{kind}/a",
            [{"move": {"from": "$.query.kind", "to": "$.path.kind"}}],
        ),
    ],
    ids=["affix", "parentheses", "to the query", "from the query"],
)
def test__rewriting__of_a_path__goes_with_its_forward(
    old: list[str], new: list[str], forward: str, expected: list[Json]
) -> None:
    found = study(recording(old), recording(new))
    assert {group.forward for group in found.groups} == {forward}
    assert [step for each in found.rewritings for step in steps(each)] == expected


def test__rewriting__that_nothing_explains__is_left_over() -> None:
    old = [f"GET /a?token={n}" for n in ("x1", "y7", "z3")]
    new = [f"GET /a?key={n}" for n in ("q9", "b2", "c4")]
    [found] = rewritten(old, new)
    assert steps(found) == [{"drop": {"at": "$.query", "keys": ["token"]}}]
    assert [rest.at for rest in found.residue] == [("query", "key")]


def answered(rows: Sequence[tuple[str, str, int]]) -> list[Rewriting]:
    """Calls as OLD was asked, as NEW was asked, and NEW's status."""
    old = recording([f"GET {sent}" for sent, _, _ in rows]).exchanges
    new = recording([f"GET {sent}" for _, sent, _ in rows]).exchanges
    theirs = tuple(
        Exchange(each.request, Response(status, JSON, each.response.body if each.response else b""), id=each.id)
        for each, (_, _, status) in zip(new, rows, strict=True)
    )
    return study(Recording(old), Recording(theirs)).rewritings


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("/a", "/v2/a", 200), ("/a", "/a", 404)], [("GET /v2/a", ALWAYS)]),
        ([("/a", "/v2/a", 404), ("/a", "/a", 200)], [("GET /v2/a", None)]),
        ([("/a", "/v2/a", 200), ("/a", "/a", 200)], [("GET /v2/a", None)]),
        (
            [("/a?x=1", "/v2/a?x=1", 200), ("/a?x=2", "/v2/a?x=2", 200), ("/a", "/a", 200), ("/a?y=1", "/a?y=1", 200)],
            [("GET /v2/a", Condition(query=(("x", True),)))],
        ),
    ],
    ids=["the old place is gone", "the new place is none", "both answer", "the query tells"],
)
def test__rewritings__of_one_operation_at_two_places__say_where_its_calls_go(
    rows: list[tuple[str, str, int]], expected: list[tuple[str, Condition | None]]
) -> None:
    assert [(each.forward, each.when) for each in answered(rows)] == expected
