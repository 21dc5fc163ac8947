from __future__ import annotations

import pytest

from harness.model.exchange import Exchange, Request, Response
from harness.schema import observed
from harness.schema.codec import to_json
from harness.schema.observed import observe
from harness.schema.operations import learn_operations
from harness.schema.summary import Summary
from tests.schema.exchanges import call


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
    monkeypatch.setattr(observed, "BATCH", 3)
    exchanges = [call("/x", number) for number in range(10)]
    (seen,) = observe(exchanges, learn_operations(exchanges))
    assert to_json(seen.responses[200]["application/json"].summary)["integer"]["distinct"] == list(range(10))
