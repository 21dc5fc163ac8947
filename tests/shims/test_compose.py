from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from harness.changes.study import study
from harness.lens.condition import Condition
from harness.lens.step import Step, read_step
from harness.model.errors import UsageError
from harness.model.exchange import Recording, Request, Response
from harness.model.json_text import Json, allow_depth, parse, serialize
from harness.schema.discriminators import discriminator
from harness.shims.compose import CannotCompose, composed
from harness.shims.document import Entry, Learned, Lost, Moved, Shim
from harness.shims.learn import shim_from
from harness.shims.program import Program, read_json
from harness.shims.yaml_file import shim_text
from tests.shims.answers import answer, call, entry, learned, recording

allow_depth()  # hypothesis does not like the limit to change while it looks

NAMES = st.sampled_from("abcd")
STATUSES = st.sampled_from(["", "", "2xx", "2xx", "4xx", "404"])
CALLS = st.sampled_from([(), (), (), (("q", True),), (("q", False),), (("q", "1"),)])
CONDITIONS = st.builds(lambda status, query: Condition(status=status, query=query), STATUSES, CALLS)
PATHS = st.sampled_from(["/a", "/{x}", "/b", "/{y}", "/a/{id}", "/{k}/{id}", "/a/b", "/{k}.json"])
BODY_STEPS: list[Json] = [
    {"rename": {"from": "a", "to": "b"}},
    {"rename": {"from": "b", "to": "c"}},
    {"rename": {"from": "b", "to": "a"}},
    {"rename": {"at": "$.r[*]", "from": "a", "to": "b"}},
    {"drop": {"keys": ["a"]}},
    {"drop": {"keys": ["b", "c"]}},
    {"default": {"key": "a", "value": 1}},
    {"copy": {"from": "query(q)", "to": "d"}},
    {"copy": {"from": "path(x)", "to": "e"}},
    {"copy": {"from": "received($.a)", "to": "f"}},
    {"copy": {"from": "keys(received($.r[0]))", "to": "g"}},
    {"unwrap": {"key": "r"}},
    {"wrap": {"key": "r", "only": ["array"]}},
    {"convert": {"at": "$.a", "using": "integer-to-string"}},
    {"convert": {"at": "$.a", "using": "string-to-integer"}},
    {"table": {"at": "$.a", "rows": [[1, 2], [2, 1]]}},
    {"values": {"at": "$.r[*]"}},
]
HEADER_STEPS: list[Json] = [
    {"set-header": {"header": "x", "value": "1"}},
    {"set-header": {"header": "x", "from": "$.a"}},
    {"drop-header": {"header": "x"}},
    {"drop-header": {"header": "y"}},
]
STATUS_STEPS: list[Json] = [{"status": {"from": 404, "to": 400}}, {"status": {"from": 201, "to": 200}}]
REQUEST_STEPS: list[Json] = [
    {"rename": {"at": "$.query", "from": "q", "to": "s"}},
    {"rename": {"at": "$.query", "from": "s", "to": "q"}},
    {"default": {"at": "$.query", "key": "z", "value": "1"}},
    {"drop": {"at": "$.query", "keys": ["q"]}},
]


def steps_of(rows: list[Json], most: int) -> st.SearchStrategy[tuple[Learned, ...]]:
    whens = st.sampled_from([Condition(), Condition(), Condition(status="2xx"), Condition(query=(("q", True),))])
    each = st.builds(lambda row, when: replace(read_step(row), when=when), st.sampled_from(rows), whens)
    return st.lists(st.builds(Learned, each), max_size=most).map(tuple)


LITERAL = ("/a", "/b", "/a/b", "/{k}.json")
"""What may be forwarded: a forwarded template counts as more specific than it is."""


@st.composite
def entries(draw: st.DrawFn, space: str) -> Entry:
    """`space` is where the shim forwards to: nothing else is there, so that no call is taken for a forwarded one."""
    other = "/{x}" if space == "new" else "/{y}"  # no two templates for one thing
    own = draw(PATHS.filter(lambda path: path != other))
    target = draw(st.sampled_from(LITERAL[:3]))
    response = (*draw(steps_of(BODY_STEPS, 3)), *draw(steps_of(HEADER_STEPS, 1)), *draw(steps_of(STATUS_STEPS, 1)))
    return Entry(
        "GET",
        ("/between" if space == "new" and draw(st.booleans()) else "") + own,
        when=draw(CONDITIONS),
        forward=f"GET /{space}{target}" if own in LITERAL and draw(st.booleans()) else "",
        request=tuple(replace(each, step=on_calls(each.step)) for each in draw(steps_of(REQUEST_STEPS, 1))),
        response=response,
        otherwise=draw(st.integers(0, 5)) == 0,
    )


def on_calls(step: Step) -> Step:
    """The step with nothing but the call in its condition: a request has no status."""
    return step.conditioned(step.when.of_call())


@st.composite
def shims(draw: st.DrawFn, space: str) -> Shim:
    plain = steps_of([*BODY_STEPS[:7], *BODY_STEPS[11:]], 2).map(
        lambda steps: tuple(
            replace(each, step=replace(each.step, when=replace(each.step.when, query=()))) for each in steps
        )
    )
    return Shim(
        entries=tuple(draw(st.lists(entries(space), min_size=1, max_size=3))),
        otherwise=draw(plain) if draw(st.booleans()) else (),
        everywhere=draw(
            st.sampled_from([(), learned({"drop-header": {"header": "x"}}), learned({"drop": {"keys": ["b"]}})])
        ),
        moved=draw(st.sampled_from([(), (Moved("/b", f"/{space}"),)])),
    )


TARGETS = st.builds(
    lambda path, query: f"GET {path}{query}",
    st.sampled_from(["/a", "/b", "/a/1", "/b/1", "/a/b", "/x.json", "/c"]),
    st.sampled_from(["", "?q=1", "?q=2", "?s=1", "?q=1&s=3"]),
)
ROWS = st.lists(st.dictionaries(NAMES, st.integers(0, 3), max_size=2), max_size=2)
BODIES = st.dictionaries(NAMES, st.integers(0, 3) | st.just("7"), max_size=3).flatmap(
    lambda body: ROWS.map(lambda rows: {**body, "r": rows}) | st.just(body)
)
ANSWERS = st.builds(
    lambda body, status, headers: answer(body, *headers, status=status),
    BODIES,
    st.sampled_from([200, 200, 201, 404, 400, 500]),
    st.sampled_from([(), (("x", "9"),), (("y", "9"),)]),
)


def said(response: Response) -> tuple[int, list[tuple[str, str]], Json]:
    return response.status, sorted(response.headers), parse(response.body)


def one_behind_the_other(first: Shim, second: Shim, request: Request, given: Response) -> tuple[Request, Response]:
    ours, theirs = Program(first, discriminator), Program(second, discriminator)
    between = ours.forward(request)
    return theirs.forward(between), ours.answer(request, theirs.answer(between, given).response).response


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(shims("between"), shims("new"), st.lists(st.tuples(TARGETS, ANSWERS), min_size=3, max_size=3))
def test__composed__any_two_shims__does_what_the_two_do(
    first: Shim, second: Shim, exchanges: list[tuple[str, Response]]
) -> None:
    try:
        whole = Program(composed(first, second, simple=False), discriminator)
    except CannotCompose:
        assume(False)
    for target, given_ in exchanges:
        request = call(target)
        asked, wanted = one_behind_the_other(first, second, request, given_)
        assert whole.forward(request).url == asked.url
        assert said(whole.answer(request, given_).response) == said(wanted)


def shim(*entries: Entry, old: str = "1", new: str = "2", **more: object) -> Shim:
    return Shim("x", old, new, entries, **more)  # type: ignore[arg-type]


def test__composed__renames_conversions_and_drops__are_put_together() -> None:
    first = shim(
        entry("GET /a", {"rename": {"from": "b", "to": "c"}}, {"drop": {"keys": ["z"]}}, when=Condition(status="2xx"))
    )
    second = shim(
        entry("GET /a", {"rename": {"from": "a", "to": "b"}}, {"drop": {"keys": ["x"]}}, when=Condition(status="2xx")),
        old="2",
        new="3",
    )
    assert shim_text(composed(first, second)).splitlines() == [
        "schema: backfit/shim/v1",
        'system: {name: x, old: "1", new: "3"}',
        "pairs: 0",
        "operations:",
        "  - match: GET /a",
        '    when: {status: "2xx"}',
        "    response:",
        "      - rename: {from: a, to: c}",
        "      - drop: {keys: [x, z]}",
    ]


def test__composed__requests__go_through_both_and_conditions_speak_of_the_plugins_call() -> None:
    ask = learned({"rename": {"at": "$.query", "from": "_limit", "to": "size"}})
    again = learned({"rename": {"at": "$.query", "from": "size", "to": "per_page", "when": {"query": {"size": True}}}})
    first = shim(Entry("GET", "/v1/{id}", forward="GET /v2/{id}", request=ask))
    second = shim(Entry("GET", "/v2/{n}", forward="GET /v3/{n}", request=again), old="2", new="3")
    whole = composed(first, second, simple=False)
    program = Program(whole, discriminator)
    assert program.forward(call("GET /v1/7?_limit=3")).url == "http://system.test/v3/7?per_page=3"
    assert whole.entries[0].request[1].step.when == Condition(query=(("_limit", True),))
    assert composed(first, second).entries[0].request[0].step.parameters()["from"] == "_limit"


def test__composed__what_the_first_leaves_out__is_not_lost_by_the_second() -> None:
    first = shim(entry("GET /a", {"drop": {"keys": ["x"]}}, {"rename": {"from": "y", "to": "w"}}))
    second = shim(entry("GET /a", lost=(Lost("$.x", "gone"), Lost("$.y", "gone", then=0))), old="2", new="3")
    [whole] = composed(first, second).entries
    assert [(each.path, each.reason) for each in whole.lost] == [("$.w", "gone")]
    given_ = Program(shim(whole), discriminator).answer(call("GET /a"), answer({"x": 1}))
    assert parse(given_.response.body) == {"w": 0}


@pytest.mark.parametrize(("one", "two"), [("2", "3"), ("2", ""), ("", "2")])
def test__composed__versions_that_do_not_meet__are_refused(one: str, two: str) -> None:
    with pytest.raises(UsageError, match="the shims do not meet: one undoes x 1 → "):
        composed(shim(new=one), shim(old=two))


def test__composed__what_one_file_cannot_say__is_refused_with_a_way_out() -> None:
    first = shim(Entry("GET", "/a", request=learned({"convert": {"at": "$.query.q", "using": "upper-case"}})))
    second = shim(entry("GET /a", when=Condition(query=(("q", "1"),))), old="2", new="3")
    with pytest.raises(CannotCompose, match=r"\$.query.q of the later call is made by") as caught:
        composed(first, second)
    assert caught.value.hint == "serve the two one behind the other: each with `backfit shim serve`"


def versions() -> list[Recording]:
    """Three versions of one system, asked the same."""
    rows = [{"id": at, "price": at * 7, "title": f"bike {at}", "open": at % 2 == 0} for at in range(12)]
    second = [
        {"id": str(row["id"]), "amount": row["price"], "title": row["title"], "open": row["open"]} for row in rows
    ]
    third = [
        {"key": row["id"], "amount": row["amount"], "title": row["title"], "meta": {"open": row["open"]}}
        for row in second
    ]
    return [
        recording(*[(f"GET /bikes?page={at}", wrap(rows[at : at + 4])) for at in range(9)])
        for rows, wrap in ((rows, lambda rows: rows), (second, lambda rows: rows), (third, lambda rows: {"data": rows}))
    ]


def test__composed__three_recorded_versions__gives_the_first_ones_answers() -> None:
    old, between, new = versions()
    first, second = shim_from(study(old, between), old="1", new="2"), shim_from(study(between, new), old="2", new="3")
    whole = Program(composed(first, second), discriminator)
    for asked, given_ in zip(old.exchanges, new.exchanges, strict=True):
        assert asked.response is not None
        assert given_.response is not None
        found = whole.answer(asked.request, given_.response).response
        assert serialize(read_json(found)) == serialize(read_json(asked.response))
        assert said(found) == said(one_behind_the_other(first, second, asked.request, given_.response)[1])


def test__composed__entries_that_only_say_what_is_lost__stand_beside_the_rest() -> None:
    lost = Entry("GET", "/a", when=Condition(status="404"), lost=(Lost("$.x", "gone"),), otherwise=True)
    first = Shim(
        old="1", new="2", entries=(entry("GET /a", {"drop": {"keys": ["y"]}}, when=Condition(status="2xx")), lost)
    )
    second = Shim(
        old="2", new="3", everywhere=learned({"set-header": {"header": "a", "value": "b", "when": {"status": "4xx"}}})
    )
    made = composed(first, second)
    assert lost in made.entries
    assert len(made.entries) == 2
