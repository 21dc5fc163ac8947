from __future__ import annotations

from harness.model.exchange import Exchange, Request, Response
from harness.probing.sample import MOST, sample, without_query

TELLING = Response(200, (("Content-Type", "application/json"),), b'{"a":1,"b":2,"c":3}')


def call(target: str, response: Response | None = TELLING) -> Exchange:
    return Exchange(Request("GET", f"http://x.test{target}"), response)


def test__sample__of_many_calls__has_one_of_each_set_of_parameters_first() -> None:
    calls = [call(f"/a?p={n}") for n in range(20)] + [call("/a?q=1"), call("/a"), call("/a?p=0")]
    chosen = [each.request.query_string for each in sample(calls)]
    assert chosen[:3] == ["p=0", "q=1", ""]
    assert len(chosen) == len(set(chosen)) == MOST


def test__sample__what_tells_nothing__is_left_out() -> None:
    silent = [
        call("/a", Response(404, (), TELLING.body)),
        call("/b", None),
        call("/c", Response(200, (("Content-Type", "application/json"),), b"[]")),
        call("/d", Response(200, (("Content-Type", "text/html"),), b"<p>one two three</p>")),
    ]
    assert sample(silent) == []


def test__without_query__a_request__has_the_given_parameters_or_none() -> None:
    request = Request("GET", "http://x.test/a%20b?x=1#f", (("A", "b"),))
    assert without_query(request) == Request("GET", "http://x.test/a%20b", (("A", "b"),))
    assert without_query(request, {"y": ["1", "2"], "z": "&"}).url == "http://x.test/a%20b?y=1&y=2&z=%26"
