from __future__ import annotations

import random
import re
import tracemalloc
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import UsageError
from harness.model.exchange import Exchange, Request, Response
from harness.model.operation import Operation
from harness.schema import operations as operations_module
from harness.schema.operations import Learner, Operations, learn_operations
from tests.schema.exchanges import call

ANSWERS = st.sampled_from([None, 1, [], {"a": 1, "b": 2}, {"a": 1, "b": 3}, {"c": 1, "d": 2}, [{"a": 1, "e": 2}]])
PATHS = st.lists(st.sampled_from(["a", "b", "c", "7", "8", "v1", "-", "x.json", ""]), max_size=4)
CALLS = st.builds(lambda segments, answer: call("/" + "/".join(segments), answer), PATHS, ANSWERS)


@given(st.lists(CALLS, max_size=12))
def test__of__every_learned_path__fits_its_template(exchanges: list[object]) -> None:
    operations = learn_operations(exchanges)  # type: ignore[arg-type]
    for exchange in exchanges:
        request = exchange.request  # type: ignore[attr-defined]
        template = operations.of(request).template
        assert re.fullmatch(re.sub(r"\\\{.+?\\\}", "[^/]+", re.escape(template)), request.path)
        names = re.findall(r"\{(.+?)\}", template)
        assert len(names) == len(set(names))


def test__of__method_and_discriminator__tell_calls_apart() -> None:
    operations = learn_operations([])
    get, post = call("/rpc"), call("POST /rpc", body={"jsonrpc": "2.0", "method": "user.get"})
    assert operations.of(get.request) == Operation("GET", "/rpc")
    assert operations.of(post.request) == Operation("POST", "/rpc", "user.get")


def test__of__a_new_value_where_a_variable_stands__is_known() -> None:
    user = {"id": 1, "name": "x"}
    operations = learn_operations([call(f"/users/{name}", user) for name in ("ann", "bob", "cyd")])
    assert operations.of(call("/users/eve?x=1").request).template == "/users/{user_id}"


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/articles/my-post", "/articles/{slug}"),
        ("/articles/new", "/articles/new"),
        ("/articles/my-post/x", "/articles/my-post/x"),
        ("/db/t.json", "/{database}/{table}.json"),
        ("/db/t.jsonx", "/db/t.jsonx"),
        ("/db/7", "/db/{db_id}"),
        ("/a/b/c", "/{all}/b/c"),
    ],
)
def test__learn_operations__given_templates__win(path: str, template: str) -> None:
    given_ones = ["/articles/{slug}", "/articles/new", "/{database}/{table}.json", "/a/{x}/{y}", "/{all}/b/c"]
    exchange = call(path, {"a": 1})
    assert learn_operations([exchange], given_ones).of(exchange.request).template == template


def test__learn_operations__what_a_given_template_covers__teaches_nothing() -> None:
    tables = [call(f"/shop/{table}.json", {"a": 1, "b": 2}) for table in ("product", "order", "log")]
    other = call("/shop/about").request
    assert learn_operations(tables).of(other).template == "/shop/{shop_id}"
    assert learn_operations(tables, ["/shop/{table}.json"]).of(other).template == "/shop/about"


@pytest.mark.parametrize("template", ["articles/{slug}", "/a/{slug", "/a/{}", "/a/slug}", "/{a{b}}", ""])
def test__learn_operations__a_bad_template__is_refused(template: str) -> None:
    with pytest.raises(UsageError, match="is not a path template"):
        learn_operations([], [template])


def learned(exchanges: Iterable[Exchange], *templates: str) -> Operations:
    learner = Learner(templates, by_type=True)
    for exchange in exchanges:
        learner.add(exchange)
    return learner.operations()


@given(st.lists(CALLS, max_size=12), st.randoms())
def test__learner__any_order__learns_what_learn_operations_does(
    exchanges: list[Exchange], chance: random.Random
) -> None:
    shuffled = list(exchanges)
    chance.shuffle(shuffled)
    assert learned(shuffled) == learn_operations(exchanges)


def sent(path: str, said: str, body: bytes) -> Exchange:
    return Exchange(Request("POST", f"http://host{path}", (("content-type", said),), body), Response(201))


def test__learner__types_of_other_shapes_on_ids__tell_calls_apart() -> None:
    as_json, as_csv = "application/json", "text/csv"
    calls = [sent("/a/1", as_json, b'{"x": 1}'), sent("/a/2", "text/csv; charset=utf-8", b"x")]
    same = [sent("/b", said, b'{"x": 1}') for said in (as_json, "application/vnd.api+json")]
    operations = learned([*calls, *same])
    assert [operations.of(each.request) for each in calls] == [
        Operation("POST", "/a/{a_id}", said) for said in (as_json, as_csv)
    ]
    assert operations.of(call("POST /a/7").request) == Operation("POST", "/a/{a_id}")
    assert {operations.of(each.request) for each in same} == {Operation("POST", "/b")}
    assert learn_operations(calls).of(calls[0].request) == Operation("POST", "/a/{a_id}")


def test__learner__given_templates__are_told_apart_by_type_too() -> None:
    calls = [sent(f"/a/{name}", said, b"x") for name in ("ann", "bob") for said in ("text/csv", "image/png")]
    operations = learned(calls, "/a/{slug}")
    assert {str(operations.of(each.request)) for each in calls} == {
        "POST /a/{slug} text/csv",
        "POST /a/{slug} image/png",
    }


def test__learner__more_paths_than_are_noted__keeps_to_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations_module, "MOST_PATHS", 1)
    calls = [sent(path, said, b"x") for path in ("/a", "/b") for said in ("text/csv", "image/png")]
    assert learned(calls).by_type == {("POST", "/a")}


def test__learner__thousands_of_slugs_and_ids__takes_little_memory() -> None:
    user = {"id": 1, "name": "x", "mail": "y"}
    tracemalloc.start()
    try:
        learner = Learner()
        for number in range(20_000):
            learner.add(call(f"/users/name-{number:06}x/posts/{number}", user))
        found = learner.operations()
        assert tracemalloc.get_traced_memory()[1] < 5 * 2**20
    finally:
        tracemalloc.stop()
    assert str(found.of(call("/users/ann/posts/7").request)) == "GET /users/{user_id}/posts/{post_id}"
