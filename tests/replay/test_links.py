from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

import pytest

from harness.model.exchange import Exchange, Headers, Recording, Request, Response
from harness.replay.answered import Place
from harness.replay.links import find_links
from harness.replay.replay import replay
from harness.replay.sent import Slot
from tests.replay.workflow import CALLS, Shop, Truth, recorded, serving

SEEDS = range(8)
Life = tuple[Recording, Truth, dict[str, dict[Place, str]]]


@cache
def life(plan: int, number: int) -> Life:
    return recorded(plan, 1000 * number + plan)


@pytest.mark.parametrize("seed", SEEDS)
def test__find_links__forty_chained_calls_recorded_twice__links_all_and_nothing_wrong(seed: int) -> None:
    (first, truth, marks), (second, _, _) = life(seed, 1), life(seed, 2)
    links = find_links(first, second)
    assert len(first.exchanges) >= CALLS
    assert {(link.exchange, link.slot) for link in links} == set(truth)
    for link in links:
        told = {marks[source.exchange].get(source.place) for source in link.sources}
        assert told == {truth[link.exchange, link.slot]}, link


@pytest.mark.parametrize("seed", SEEDS)
def test__find_links__one_recording_alone__links_nothing_wrong(seed: int) -> None:
    recording, truth, marks = life(seed, 1)
    links = find_links(recording)
    assert len(links) > len(truth) / 2
    for link in links:
        told = {marks[source.exchange].get(source.place) for source in link.sources}
        assert told == {truth.get((link.exchange, link.slot))}, link


@pytest.mark.parametrize("seed", SEEDS[:3])
def test__replay__with_links__reaches_a_server_that_gives_out_other_ids(seed: int) -> None:
    first, second = life(seed, 1)[0], life(seed, 2)[0]
    links = find_links(first, second)
    with serving(Shop(777 + seed)) as url:
        statuses = [e.response.status for e in replay(first, url, links=links).recording.exchanges if e.response]
    assert len(statuses) == len(first.exchanges)
    assert max(statuses) < 400
    with serving(Shop(777 + seed)) as url:
        unlinked = [e.response.status for e in replay(first, url).recording.exchanges if e.response]
    assert sum(status >= 400 for status in unlinked) >= len(unlinked) - 2


def call(
    number: int,
    method: str,
    path: str,
    answer: object = None,
    *,
    body: object = None,
    headers: Headers = (),
    status: int = 200,
) -> Exchange:
    sent = json.dumps(body).encode() if body is not None else b""
    told = (("Content-Type", "application/json"), *headers)
    return Exchange(
        Request(method, f"http://h{path}", (("X-Request", "r"),), sent),
        Response(status, told, json.dumps(answer).encode()),
        id=f"c{number}",
    )


def found(first: Sequence[Exchange], second: Sequence[Exchange] | None = None) -> dict[Slot, tuple[str, Place]]:
    links = find_links(Recording(tuple(first)), Recording(tuple(second)) if second else None)
    return {link.slot: (link.sources[0].exchange, link.sources[0].place) for link in links}


TOKEN = "k7q2m9x4t1z8c5v3"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(
            [call(1, "GET", "/a", {"token": TOKEN}), call(2, "GET", f"/b?t={TOKEN}")],
            None,
            {("query", "t"): ("c1", ("body", "token"))},
            id="a token needs one recording",
        ),
        pytest.param(
            [call(1, "GET", f"/a?t={TOKEN}", {"token": TOKEN}), call(2, "GET", f"/b?t={TOKEN}")],
            None,
            {},
            id="what the client sent first is its own",
        ),
        pytest.param(
            [call(1, "POST", "/a?x=1", {"host": "h:1234"}, body={"host": "h:1234"}), call(2, "GET", "/b?host=h:1234")],
            [call(1, "POST", "/a", {"host": "h:9876"}, body={"host": "h:9876"}), call(2, "GET", "/b?host=h:9876")],
            {},
            id="what the client sent first in a call that nothing compares with",
        ),
        pytest.param(
            [call(1, "GET", "/a", {"n": 3}), call(2, "GET", "/b?size=3")],
            [call(1, "GET", "/a", {"n": 5}), call(2, "GET", "/b?size=3")],
            {},
            id="stayed while the answer changed",
        ),
        pytest.param(
            [call(1, "GET", "/a", {"n": 3}), call(2, "GET", "/b?size=3")],
            [call(1, "GET", "/a", {"n": 5}), call(2, "GET", "/b?size=5")],
            {},
            id="changed alike, but called otherwise",
        ),
        pytest.param(
            [call(1, "GET", "/a", {"postId": 3}), call(2, "GET", "/b?post_id=3")],
            [call(1, "GET", "/a", {"postId": 5}), call(2, "GET", "/b?post_id=5")],
            {("query", "post_id"): ("c1", ("body", "postId"))},
            id="changed alike, and called alike",
        ),
        pytest.param(
            [call(1, "GET", "/a", {"on": True, "x": None}), call(2, "POST", "/b", body={"on": True, "x": None})],
            [call(1, "GET", "/a", {"on": False, "x": None}), call(2, "POST", "/b", body={"on": False, "x": None})],
            {},
            id="flags and nulls never",
        ),
        pytest.param(
            [call(1, "POST", "/posts", {"id": 101}, status=201), call(2, "GET", "/posts/101")],
            None,
            {("path", "2"): ("c1", ("body", "id"))},
            id="what a POST made",
        ),
        pytest.param(
            [call(1, "GET", "/posts/101", {}), call(2, "POST", "/posts", {"id": 101}), call(3, "GET", "/posts/101")],
            None,
            {},
            id="what was known before the POST",
        ),
        pytest.param(
            [call(1, "POST", "/posts", {"id": 101}, status=201), call(2, "GET", "/users/101")],
            None,
            {},
            id="an equal number elsewhere",
        ),
        pytest.param(
            [call(1, "POST", "/posts", None, headers=(("Location", "/posts/101"),)), call(2, "GET", "/posts/101/tags")],
            None,
            {("path", "2"): ("c1", ("header", "location", "segment", -1))},
            id="Location",
        ),
        pytest.param(
            [call(1, "GET", "/d", {"at": "2026-03-02T09:00:00Z"}), call(2, "GET", "/b?since=2026-03-02T09:00:00Z")],
            None,
            {},
            id="a moment may be anybody's",
        ),
    ],
)
def test__find_links__evidence__decides(
    first: list[Exchange], second: list[Exchange] | None, expected: dict[Slot, tuple[str, Place]]
) -> None:
    assert found(first, second) == expected


def test__find_links__a_poll_more_in_the_second_recording__still_compares_the_others() -> None:
    first = [call(1, "GET", "/a", {"postId": 3}), call(2, "GET", "/poll"), call(3, "GET", "/b?post_id=3")]
    second = [
        call(1, "GET", "/a", {"postId": 5}),
        call(2, "GET", "/poll"),
        call(3, "GET", "/poll"),
        call(4, "GET", "/b?post_id=5"),
    ]
    assert found(first, second) == {("query", "post_id"): ("c1", ("body", "postId"))}
