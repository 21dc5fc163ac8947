"""A shim as a script does what it does before the system: in Node.js on recorded calls, and in Chromium on real ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, sync_playwright

from harness.changes.study import study
from harness.lens.condition import Condition
from harness.lens.step import BodyStep, read_step, step_types
from harness.lens.steps.status import Status
from harness.model.exchange import Recording, Request, Response
from harness.model.json_text import Json, serialize
from harness.record.browser import ARGUMENTS, find_browser
from harness.record.har import read_har
from harness.shims.document import Entry, Learned, Moved, Shim
from harness.shims.javascript import emit, has_host_calls
from harness.shims.learn import shim_from
from harness.shims.yaml_file import read_shim
from tests.lens.strategies import BODIES, steps
from tests.pairs.answers import names, recording
from tests.record.page_server import Shop
from tests.shims.in_node import Pair, in_node, in_python, sendable

ROOT = Path(__file__).parents[2]
JSON = (("content-type", "application/json"),)


def learned(*written: Json) -> tuple[Learned, ...]:
    return tuple(Learned(read_step(step)) for step in written)


def rows(name: str) -> list[Any]:
    """What plugins do in a page, and what it returns behind the shim."""
    written = json.loads(Path(__file__).with_name(f"{name}.json").read_text())
    return [pytest.param(row, id=row["title"]) for row in written]


def pairs_of(old: Recording, new: Recording) -> list[Pair]:
    both = zip(old.exchanges, new.exchanges, strict=False)
    return sendable([(one.request, other.response) for one, other in both if other.response is not None])


def check_alike(shim: Shim, pairs: list[Pair]) -> None:
    for pair, expected, outcome in zip(pairs, in_python(shim, pairs), in_node(shim, pairs), strict=True):
        assert outcome == expected, pair


@pytest.mark.npm
@pytest.mark.parametrize("name", [name for name in names() if not name.startswith("control-")])
def test__emitted__of_a_learned_shim__answers_as_the_program_does(name: str) -> None:
    old, new = recording(name, "old.json"), recording(name, "new.json")
    assert old is not None
    assert new is not None
    check_alike(shim_from(study(old, new)), pairs_of(old, new))


@pytest.mark.npm
def test__emitted__of_the_bike_shops_shim__answers_as_the_program_does() -> None:
    shim = read_shim(ROOT / "shims/datasette-chartjs/0.64.8..1.0a41.shim.yaml")
    recorded = read_har(ROOT / "contracts/datasette-chartjs/recording.har")
    pairs = pairs_of(recorded, recorded)
    known = [pair for pair in pairs if pair[0].path.endswith(".json")]
    assert known
    check_alike(shim, pairs)


POSTS = Entry(
    "GET",
    "/posts",
    rewrite=Condition(query=(("q", False),)),
    request=learned(
        {"page": {"at": "$.query", "start": "_start", "end": "_end", "page": "_page", "size": "_per_page"}},
        {"order-to-sign": {"at": "$.query", "key": "_sort", "order": "_order", "down": "DESC", "up": "ASC"}},
    ),
    response=learned(
        {"unwrap": {"key": "data", "when": {"body": {"$.data": "array"}}}},
        {"set-header": {"header": "x-total-count", "from": "received($.items)"}},
        {"copy": {"at": "$[*]", "from": "query(_sort)", "to": "by"}},
    ),
)
SHIM = Shim(
    entries=(
        POSTS,
        Entry("GET", "/items/{id}.json", forward="POST /v2/{id}/item",
              request=learned({"default": {"at": "$.query", "key": "a b", "value": ["é", 1.0]}})),
        Entry("PUT", "/items/{id}", forward="PATCH /v2/items/{id}",
              request=learned({"rename": {"at": "$.body", "from": "userName", "to": "user_name"}},
                              {"move": {"from": "$.query.key", "to": "$.header.x-key"}},
                              {"convert": {"at": "$.path.id", "using": "hex-to-uuid"}}),
              response=learned({"rename": {"from": "user_name", "to": "userName"}}, {"status": {"from": 202, "to": 200}})),
        Entry("POST", "/graphql", "Items", response=learned({"unwrap": {"key": "data"}})),
        Entry("GET", "/go", forward="GET /v2/{to}", request=learned({"move": {"from": "$.query.to", "to": "$.path.to"}})),
        Entry("GET", "/{x}-{x}", response=learned({"default": {"key": "twice", "value": 1}}), otherwise=True),
        Entry("GET", "/fail", response=learned({"refuse": {"key": "a", "message": "gone"}})),
        Entry("GET", "/{a}/{b}", when=Condition(path=(("a", "x"),)),
              response=learned({"wrap": {"key": "list", "only": ["array"]}})),
    ),
    everywhere=learned({"drop-header": {"header": "x-new"}}),
    otherwise=learned({"rename": {"from": "detail", "to": "error"}}),
    moved=(Moved("/api/3", "/api/4"), Moved("/posts", "/never")),
)  # fmt: skip

CALLS = [
    ("GET", "/posts?_start=20&_end=30&_sort=a,b&_order=DESC,ASC", b"", 200,
     b'{"data":[{"id":1.0}],"items":18446744073709551617}'),
    ("GET", "/posts?_start=20&_end=30&q=a%2Cb+c", b"", 200, b'{"data":[],"items":1}'),
    ("GET", "/posts?_start=20&_end=30&_start=1", b"", 200, b"[1]"),
    ("GET", "/items/7.json?x=%C3%A9&x=2", b"", 200, b'{"2":1,"1":2}'),
    ("GET", "/items/a%2Fb%ff.json", b"", 404, b'{"detail":"no"}'),
    ("PUT", "/items/5d0f6b5c3f0a4c579f3e2b1a0c9d8e7f?key=k&a=1", b'{"userName":"a","n":1.50}', 202, b'{"user_name":"\xc3\xa9"}'),
    ("PUT", "/items/5d0f6b5c3f0a4c579f3e2b1a0c9d8e7f", b"\xff\x00", 202, b"\xff\x00"),
    ("POST", "/graphql", b'{"query":"query Items { a }"}', 200, b'{"data":{"__proto__":1}}'),
    ("POST", "/graphql", b'{"query":"query Other { a }"}', 200, b'{"data":{"a":1}}'),
    ("POST", "/graphql", b'{"operationName":"Items","query":"{a}"}', 200, b'\xef\xbb\xbf{"data":[1e400,-0]}'),
    ("GET", "/go?to=up", b"", 200, b"{}"),
    ("GET", "/go?to=..", b"", 200, b"{}"),
    ("GET", "/a-a", b"", 200, b'{"detail":1}'),
    ("GET", "/a-b", b"", 200, b"{}"),
    ("GET", "/fail", b"", 200, b'{"b":1}'),
    ("GET", "/x/y", b"", 200, b"[[1,2,[3]]]"),
    ("GET", "/y/x", b"", 500, b'{"detail":"\\ud800"}'),
    ("GET", "/x/y", b"", 204, b""),
    ("HEAD", "/x/y", b"", 200, b""),
    ("GET", "/x/y", b"", 200, b"[" * 1100 + b"]" * 1100),
    ("GET", "/x/y", b"", 200, b"<html>"),
    ("GET", "/api/3/all?a", b"", 200, b'{"detail": 1}'),
    ("DELETE", "/api/33", b"", 200, b""),
]  # fmt: skip


@pytest.mark.npm
def test__emitted__of_calls_of_every_kind__does_as_the_program_does() -> None:
    sent = (*JSON, ("x-any", "1"))
    pairs = [
        (Request(method, f"http://shop.test{target}", sent, body), Response(status, (*JSON, ("x-new", "1")), answer))
        for method, target, body, status, answer in CALLS
    ]
    changed = [one["got"]["body"] != pair[1].body for one, pair in zip(in_python(SHIM, pairs), pairs, strict=True)]
    assert changed.count(True) > 5
    check_alike(SHIM, pairs)


@pytest.mark.npm
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json; charset=iso-8859-1", '{"a":"\xe9"}'.encode("latin-1")),
        ("application/json", '{"a":"\xe9"}'.encode("latin-1")),
        ("application/x-ndjson", b'{"a":1}'),
        ("text/event-stream", b'{"a":1}'),
        ("text/html", b'{"a":1}'),
    ],
)
def test__emitted__of_bodies_of_other_kinds__edits_what_the_program_edits(kind: str, body: bytes) -> None:
    shim = Shim(entries=(Entry("GET", "/a", response=learned({"rename": {"from": "a", "to": "b"}})),))
    check_alike(shim, [(Request("GET", "http://shop.test/a"), Response(200, (("content-type", kind),), body))])


_BODY_STEPS = st.sampled_from(
    [name for name, kind in step_types().items() if issubclass(kind, BodyStep) and "header" not in name]
)
_STEPS = st.lists(_BODY_STEPS.flatmap(steps).map(Learned), max_size=2).map(tuple)
_ON_REQUESTS = st.lists(
    st.sampled_from(["rename", "drop", "default", "move", "join", "split", "affix-names", "convert", "plunge"])
    .flatmap(steps)
    .map(lambda step: Learned(step.moved(("query",)) if isinstance(step, BodyStep) else step)),
    max_size=2,
).map(tuple)
_TEXTS = st.sampled_from(["1", "a,b", "%7B%22a%22:1%7D", ""])
_QUERIES = st.lists(st.tuples(st.sampled_from(["a", "b", "id", "aB", "[a]"]), _TEXTS), max_size=3)
_NARROW = st.builds(Condition, query=st.sampled_from([(), (("a", "1"),), (("b", True),), (("id", False),)]))
_ENTRIES = st.builds(
    Entry,
    st.sampled_from(["GET", "POST"]),
    st.sampled_from(["/a", "/a/{id}", "/{x}/{y}", "/a/{id}.json", "/{x}-{x}"]),
    when=_NARROW,
    forward=st.sampled_from(["", "POST /b", "GET /c/{id}", "PUT /{x}/c"]),
    rewrite=st.none() | _NARROW,
    request=_ON_REQUESTS,
    response=_STEPS,
    otherwise=st.booleans(),
)
_SHIMS = st.builds(
    Shim,
    entries=st.lists(_ENTRIES, min_size=1, max_size=4).map(tuple),
    everywhere=_STEPS | st.just((Learned(Status(from_=404, to=200)),)),
    otherwise=_STEPS,
    moved=st.lists(st.sampled_from([Moved("/a", "/d"), Moved("/", "/e")]), max_size=1).map(tuple),
)
_REQUESTS = st.builds(
    lambda method, path, query, body: Request(
        method,
        f"http://shop.test{path}" + ("?" + "&".join(f"{name}={value}" for name, value in query) if query else ""),
        JSON,
        serialize(body) if method == "POST" else b"",
    ),
    st.sampled_from(["GET", "POST"]),
    st.sampled_from(["/a", "/a/7", "/a/b%20c", "/a/7.json", "/x-x", "/x-y", "/a/", "/a/b/c"]),
    _QUERIES,
    BODIES,
)
_RESPONSES = st.builds(
    lambda status, body: Response(status, JSON, serialize(body)), st.sampled_from([200, 404]), BODIES
)


@pytest.mark.npm
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(_SHIMS, st.lists(st.tuples(_REQUESTS, _RESPONSES), min_size=5, max_size=12))
def test__emitted__of_any_shim__does_as_the_program_does(shim: Shim, pairs: list[Pair]) -> None:
    check_alike(shim, pairs)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS))
        yield browser
        browser.close()


def in_page(chromium: Browser, shim: Shim, shop: Shop, plugin: str, *, page_script: str = "", **emitted: Any) -> Json:
    """What a plugin comes to on a page of the shop's whose first script is the shim's."""
    script = emit(shim, **emitted)
    assert "</" not in script
    page_text = f"<!doctype html><script>{script}</script><script>{page_script}</script>"
    shop.answers["/page"] = (200, page_text.encode())
    with shop.up():
        context = chromium.new_context()
        page = context.new_page()
        warnings: list[str] = []
        page.on("console", lambda message: warnings.append(message.text))
        page.goto(f"{shop.url}/page")
        result: Json = page.evaluate(
            f"(async () => {{ {plugin} }})().catch((error) => `${{error.name}}: ${{error.message}}`)"
        )
        context.close()
    assert [text for text in warnings if "[backfit]" in text] == []
    return result


ITEMS = Shim(
    entries=(
        Entry("GET", "/items",
              response=learned({"rename": {"at": "$[*]", "from": "title", "to": "name"}},
                               {"set-header": {"header": "x-total", "from": "count($)"}})),
        Entry("POST", "/items/{id}", forward="PATCH /v2/items/{id}",
              request=learned({"rename": {"at": "$.body", "from": "name", "to": "title"}}),
              response=learned({"status": {"from": 202, "to": 200}}, {"rename": {"from": "title", "to": "name"}})),
    )
)  # fmt: skip
ANSWERS = {"/items": (200, b'[{"title":"a","n":9007199254740993}]'), "/v2/items/7": (202, b'{"title":"b"}')}


@pytest.mark.browser
@pytest.mark.parametrize("row", rows("in_page_calls"))
def test__emitted__in_a_page__gives_scripts_the_old_answers(chromium: Browser, row: dict[str, Any]) -> None:
    shop = Shop(dict(ANSWERS))
    assert in_page(chromium, ITEMS, shop, row["plugin"]) == row["returns"]
    sent = {path: (method, body) for method, path, body in shop.asked}
    if "/v2/items/7" in sent:
        assert sent["/v2/items/7"][0] == "PATCH"
        assert list(json.loads(sent["/v2/items/7"][1])) == ["title"]


@pytest.mark.browser
def test__emitted__of_another_origin__leaves_its_calls_alone(chromium: Browser) -> None:
    plugin = "return (await (await fetch('/items')).json())[0].title"
    assert in_page(chromium, ITEMS, Shop(dict(ANSWERS)), plugin, origins=["https://erp.example"]) == "a"


@pytest.mark.browser
def test__emitted__of_hostile_names__is_data_in_an_html_page(chromium: Browser) -> None:
    hostile = "</script><script>alert(1)//\u2028\"'`${1}<!--__proto__"
    steps = learned(
        {"default": {"key": hostile, "value": {"__proto__": [hostile]}}},
        {"rename": {"from": "title", "to": "__proto__"}},
    )
    shim = Shim(system=hostile, entries=(Entry("GET", "/x", response=steps),))
    shop = Shop({"/x": (200, b'{"title":1}')})
    assert (
        in_page(chromium, shim, shop, "return (await fetch('/x')).text()")
        == serialize({"__proto__": 1, hostile: {"__proto__": [hostile]}}).decode()
    )


HOST = Shim(
    entries=(
        Entry("CALL", "/System/getUser", forward="CALL /System/users/fetch",
              request=learned({"rename": {"at": "$.body[0]", "from": "userId", "to": "id"}}),
              response=learned({"plunge": {"into": "profile", "keep": ["id"]}})),
        Entry("CALL", "/System/list", response=learned({"unwrap": {"key": "items"}})),
        Entry("CALL", "/System/fail", response=learned({"status": {"from": 500, "to": 200}}, {"replace": {"value": []}})),
        Entry("CALL", "/System/say", response=learned({"rename": {"from": "msg", "to": "message"}})),
        Entry("GET", "/System/version", response=learned({"convert": {"using": "number-to-string"}})),
    )
)  # fmt: skip
NEW_API = """class Item { #n; constructor(n) { this.#n = n; this.msg = 'm' + n } count() { return this.#n } }
const own = {secret: 1}; window.System = {version: 2.5, other: 1,
  users: {fetch: async ({id}) => ({id, email: 'e' + id})},
  list(callback) { return {items: [1, own].map((item) => callback ? callback(item) : item)} },
  fail() { throw new Error('no') }, say(n) { return new Item(n) }, plain(x) { return x } };"""


@pytest.mark.browser
@pytest.mark.parametrize("host_only", [False, True])
@pytest.mark.parametrize("row", rows("in_page_host"))
def test__emitted__of_a_pages_own_api__gives_the_old_one(
    chromium: Browser, row: dict[str, Any], host_only: bool
) -> None:
    assert in_page(chromium, HOST, Shop({}), row["plugin"], page_script=NEW_API, host_only=host_only) == row["returns"]


def test__has_host_calls__of_a_shim__is_whether_pages_are_spoken_to() -> None:
    assert (has_host_calls(HOST), has_host_calls(ITEMS)) == (True, False)
