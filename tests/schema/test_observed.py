from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.exchange import Exchange, Request, Response
from harness.schema import bodies, observed
from harness.schema.codec import to_json
from harness.schema.observed import Observer, observe
from harness.schema.operations import learn_operations
from harness.schema.summary import Summary
from tests.schema.exchanges import call

TRAFFIC = [
    call("/posts/1?embed=a&embed=b", {"id": 1}),
    call("/posts/2?embed=a", {"id": 2, "x": "y"}),
    call("/posts/9", {"error": "gone"}, status=404),
    call("POST /posts", {"id": 3}, status=201, body={"title": "x"}),
    call("POST /rpc", [1], body={"jsonrpc": "2.0", "method": "get"}),
    Exchange(Request("GET", "http://host/posts/4"), None, error="refused"),
    Exchange(Request("GET", "http://host/x"), Response(200, (("content-type", "text/html"),), b"<p>")),
    Exchange(Request("GET", "http://host/x"), Response(200, (("content-type", "application/json"),), b'{"a":1,"a":2}')),
    Exchange(Request("GET", "http://host/x"), Response(200, (("content-type", "application/json"),), b"{")),
]


def test__observe__traffic__is_kept_by_operation_status_and_media_type() -> None:
    exchanges = [
        call("/posts/1?embed=a&embed=b", {"id": 1}),
        call("/posts/2?embed=a", {"id": 2}),
        call("/posts/9", {"error": "gone"}, status=404),
        call("DELETE /posts/2", status=204),
        call("POST /posts", {"id": 3}, status=201, body={"title": "x"}),
        Exchange(Request("GET", "http://host/posts/4"), None, error="refused"),
    ]
    delete, get, post = observe(exchanges, learn_operations(exchanges))
    assert [str(seen.operation) for seen in (delete, get, post)] == [
        "DELETE /posts/{post_id}",
        "GET /posts/{post_id}",
        "POST /posts",
    ]
    assert (get.calls, {status: list(bodies) for status, bodies in get.responses.items()}) == (
        4,
        {200: ["application/json"], 404: ["application/json"]},
    )
    ids = Summary()
    ids.add_all([{"id": 1}, {"id": 2}])
    assert get.responses[200]["application/json"].summary == ids
    queries = Summary()
    queries.add_all([{"embed": ["a", "b"]}, {"embed": "a"}, {}, {}])
    assert get.query == queries
    assert delete.responses == {204: {}}
    assert to_json(post.requests["application/json"].summary)["object"]["keys"].keys() == {"title"}


@pytest.mark.parametrize(
    ("media_type", "body", "unread"),
    [
        ("application/json; charset=utf-8", b'{"a": 1}', 0),
        ("application/problem+json", b'{"a": 1}', 0),
        ("", b'{"a": 1}', 0),
        ("application/json", b'{"a": ', 1),
        ("application/json", b"[" * 100_000, 1),
        ("text/html", b"7", 1),
    ],
)
def test__observe__bodies_that_are_not_json__are_counted(media_type: str, body: bytes, unread: int) -> None:
    headers = (("Content-Type", media_type),) if media_type else ()
    exchange = Exchange(Request("GET", "http://host/"), Response(200, headers, body))
    (seen,) = observe([exchange], learn_operations([exchange]))
    (bodies,) = seen.responses[200].values()
    assert (bodies.count, bodies.unread, bodies.summary.count) == (1, unread, 1 - unread)


def test__observe__more_than_a_batch__misses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BATCH", 3)
    exchanges = [call("/x", number) for number in range(10)]
    (seen,) = observe(exchanges, learn_operations(exchanges))
    assert to_json(seen.responses[200]["application/json"].summary)["integer"]["distinct"] == list(range(10))


@given(st.lists(st.sampled_from(TRAFFIC), max_size=20), st.integers(1, 4))
def test__observer__in_small_batches__sees_what_observe_sees(exchanges: list[Exchange], batch: int) -> None:
    operations = learn_operations(exchanges)
    expected = observe(exchanges, operations)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(observed, "BATCH", batch)
        patch.setattr(bodies, "BATCH", batch)
        patch.setattr(observed, "WAITING_BYTES", 10 * batch)
        observer = Observer(operations)
        for exchange in exchanges:
            observer.add(exchange)
        assert observer.observed() == observer.observed() == expected


def test__observer__path_parameters__are_summarized() -> None:
    exchanges = [call("/posts/1"), call("/posts/a%40b.org")]
    (seen,) = observe(exchanges, learn_operations(exchanges))
    values = Summary()
    values.add_all([{"post_id": "1"}, {"post_id": "a@b.org"}])
    assert seen.path == values


def test__observer__calls_without_an_answer__are_counted() -> None:
    exchanges = [call("/a"), Exchange(Request("GET", "http://host/a"), None, error="refused")]
    (seen,) = observe(exchanges, learn_operations(exchanges))
    assert (seen.calls, seen.unanswered) == (2, 1)


def test__observer__methods_without_end__count_for_the_path_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observed, "MOST_OPERATIONS", 3)
    exchanges = [call("POST /rpc", body={"jsonrpc": "2.0", "method": f"m{n}"}) for n in range(10)]
    found = observe(exchanges, learn_operations([]))
    assert {str(seen.operation): seen.calls for seen in found} == {
        "POST /rpc": 7,
        **{f"POST /rpc m{n}": 1 for n in range(3)},
    }


def test__observer__much_traffic__holds_no_more_than_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observed, "WAITING_BYTES", 2**20)
    text = b'{"text": "%b"}' % (b"x" * 100_000)
    observer = Observer(learn_operations([]))
    tracemalloc.start()
    try:
        for number in range(500):
            headers = (("content-type", "application/json"),)
            answer = Response(200, headers, text.replace(b"x", b"%d" % (number % 10)))
            observer.add(Exchange(Request("GET", f"http://host/a{number % 7}/{number}"), answer))
        assert tracemalloc.get_traced_memory()[1] < 10 * 2**20
    finally:
        tracemalloc.stop()
    assert sum(seen.calls for seen in observer.observed()) == 500
