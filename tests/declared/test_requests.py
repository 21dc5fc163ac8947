from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.declared.api import Api
from harness.declared.load import load_declared
from harness.declared.requests import request_findings
from harness.model.change import Change, Level
from harness.model.exchange import Exchange, Request
from harness.model.operation import Operation
from tests.declared.apis import api, call, load, operation, parameter

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}
SHOP = [{"url": "https://shop.test/api"}]


def by_path(request: Request) -> Operation:
    return Operation(request.method, request.path)


def found(calls: list[Exchange], old: Api | None, new: Api) -> list[tuple[str, str, str]]:
    return [(each.kind, each.path, each.level.value) for each in request_findings(calls, old, new, by_path)]


def thing(properties: Any, required: tuple[str, ...] = (), **more: Any) -> Any:
    return {"type": "object", "properties": properties, "required": list(required), **more}


def get(*parameters: Any, **more: Any) -> Api:
    return api({"/u": {"get": operation(*parameters, **more)}})


def post(body: Any, **more: Any) -> Api:
    return api({"/u": {"post": operation(body=body, **more)}})


def query(schema: Any, **more: Any) -> Api:
    return get(parameter("q", schema, **more))


CHANGED_PARAMETERS = [
    (query(WHOLE), query({**WHOLE, "maximum": 10}), "?q=50", "request-parameter-max-set", "break"),
    (query({**WHOLE, "maximum": 99}), query({**WHOLE, "maximum": 10}), "?q=50", "request-parameter-max-decreased", "break"),
    (query({**WHOLE, "minimum": 1}), query({**WHOLE, "minimum": 10}), "?q=5", "request-parameter-min-increased", "break"),
    (query(TEXT), query({**TEXT, "maxLength": 2}), "?q=abc", "request-parameter-max-length-set", "break"),
    (query(TEXT), query({**TEXT, "pattern": "^[a-c]+$"}), "?q=xyz", "request-parameter-pattern-added", "break"),
    (query(TEXT), query({"enum": ["asc"]}), "?q=desc", "request-parameter-became-enum", "break"),
    (query({"enum": ["asc", "desc"]}), query({"enum": ["asc"]}), "?q=desc", "request-parameter-enum-value-removed", "break"),
    (query(TEXT), query(WHOLE), "?q=abc", "request-parameter-type-changed", "break"),
    (query(TEXT), query(TEXT, required=True), "", "request-parameter-became-required", "break"),
    (get(), query(TEXT, required=True), "", "new-required-request-parameter", "break"),
    (query(TEXT), get(), "?q=1", "request-parameter-removed", "risk"),
    (
        query({"type": "array", "items": TEXT}),
        query({"type": "array", "items": TEXT}, explode=False),
        "?q=a&q=b",
        "request-parameter-explode-changed",
        "break",
    ),
    (
        query({"type": "array", "items": TEXT}, explode=False),
        query({"type": "array", "items": TEXT}, style="pipeDelimited", explode=False),
        "?q=a,b",
        "request-parameter-style-changed",
        "break",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sent", "kind", "level"), CHANGED_PARAMETERS)
def test__findings__of_a_parameter_that_new_refuses__are_one(
    old: Api, new: Api, sent: str, kind: str, level: str
) -> None:
    assert found([call(f"/u{sent}")], old, new) == [(kind, "query q", level)]


@pytest.mark.parametrize(("old", "new", "sent", "kind", "level"), CHANGED_PARAMETERS)
def test__findings__of_a_parameter__the_other_way_round_or_on_one_side__are_none(
    old: Api, new: Api, sent: str, kind: str, level: str
) -> None:
    assert found([call(f"/u{sent}")], new, new) == []
    assert found([call(f"/u{sent}")], old, old) == []
    assert found([call("/u?q=1", status=400)], old, new) == []  # OLD refused it as well


@pytest.mark.parametrize(
    ("old", "new", "body", "kind", "path", "level"),
    [
        ({"n": TEXT}, {"n": TEXT, "k": TEXT}, {"n": "a"}, "new-required-request-property", "body $.k", "break"),
        ({"n": TEXT, "k": TEXT}, {"k": TEXT}, {"k": "x", "n": "a"}, "request-property-removed", "body $.n", "risk"),
        ({"n": TEXT, "k": TEXT}, {"n": TEXT, "k": TEXT}, {"n": "a"}, "request-property-became-required", "body $.k", "break"),
        ({"k": {"type": ["string", "null"]}}, {"k": TEXT}, {"k": None},
         "request-property-became-not-nullable", "body $.k", "break"),
        ({"k": TEXT}, {"k": WHOLE}, {"k": "a"}, "request-property-type-changed", "body $.k", "break"),
        ({"k": {"type": ["string", "integer", "boolean"]}}, {"k": {"type": ["string", "integer"]}}, {"k": True},
         "request-property-list-of-types-narrowed", "body $.k", "break"),
        ({"k": {"type": "array", "items": WHOLE}}, {"k": {"type": "array", "items": {**WHOLE, "maximum": 3}}}, {"k": [1, 9, 8]},
         "request-property-max-set", "body $.k[*]", "break"),
        ({"k": {"additionalProperties": TEXT}}, {"k": {"additionalProperties": WHOLE}}, {"k": {"any": "x"}},
         "request-property-type-changed", "body $.k.*", "break"),
        ({"k": {"anyOf": [WHOLE, TEXT, {"type": "null"}]}}, {"k": {"anyOf": [WHOLE, {"type": "null"}]}}, {"k": "a"},
         "request-property-list-of-types-narrowed", "body $.k", "break"),
    ],
)  # fmt: skip
def test__findings__of_a_body_that_new_refuses__stand_at_its_place(
    old: Any, new: Any, body: Any, kind: str, path: str, level: str
) -> None:
    calls = [call("/u", body, method="POST")]
    assert found(calls, post(thing(old)), post(thing(new, ("k",)))) == [(kind, path, level)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (operation(), operation(body=thing({}), required=True), ("request-body-added-required", "body $", "break")),
        (operation(body=thing({})), operation(body=thing({}), required=True),
         ("request-body-became-required", "body $", "break")),
    ],
)  # fmt: skip
def test__findings__of_a_body_that_is_missing__say_whether_it_is_new(old: Any, new: Any, expected: Any) -> None:
    assert found([call("/u", method="POST")], api({"/u": {"post": old}}), api({"/u": {"post": new}})) == [expected]


def test__findings__of_a_closed_object__are_breaks() -> None:
    closed = thing({"n": TEXT}, additionalProperties=False)
    calls = [call("/u", {"n": "a", "x": 1}, method="POST")]
    assert found(calls, post(thing({"n": TEXT, "x": {}})), post(closed)) == [
        ("request-property-removed", "body $.x", "break")
    ]


def test__findings__of_a_media_type_that_new_does_not_take__name_it() -> None:
    both = operation(requestBody={"content": {"application/xml": {}, "application/json": {}}})
    json_only = operation(requestBody={"content": {"application/json": {}}})
    calls = [call("/u", b"<a/>", method="POST", media="application/xml; charset=utf-8")]
    assert found(calls, api({"/u": {"post": both}}), api({"/u": {"post": json_only}})) == [
        ("request-body-media-type-removed", "body $", "break")
    ]


GONE = operation()
OLD_PATHS = {"/u/{id}": {"get": GONE, "put": GONE}, "/old": {"get": {**GONE, "deprecated": True}}, "/k": {"get": GONE}}


@pytest.mark.parametrize(
    ("url", "method", "new", "kind"),
    [
        ("/u/7", "GET", {"/v": {"get": GONE}}, "api-path-removed-without-deprecation"),
        ("/u/7", "PUT", {"/u/{key}": {"get": GONE}}, "api-removed-without-deprecation"),
        ("/old", "GET", {"/v": {"get": GONE}}, "api-path-removed-with-deprecation"),
        ("/old", "GET", {"/old": {"post": GONE}}, "api-removed-with-deprecation"),
        ("/u/7", "GET", {"/v2/u/{key}": {"get": GONE}}, "request-path-moved"),
    ],
)
def test__findings__of_a_call_that_is_gone__say_how(url: str, method: str, new: Any, kind: str) -> None:
    assert found([call(url, method=method)], api(OLD_PATHS), api(new)) == [(kind, "$", "break")]


def test__findings__of_a_moved_call__name_the_new_place_and_what_it_refuses() -> None:
    old = api({"/u/{id}": {"get": operation(parameter("id", place="path"), operationId="one")}}, servers=SHOP)
    new = api({"/members/{key}": {"get": operation(parameter("key", WHOLE, "path"), operationId="one")}})
    moved, refused = request_findings([call("/api/u/x")], old, new, by_path)
    assert (moved.operation, moved.new) == ("GET /api/u/{id}", "GET /members/{key}")
    assert (refused.kind, refused.path) == ("request-parameter-type-changed", "path id")


def test__findings__of_a_call_that_moved_below_something_else__do_not_speak_of_its_path() -> None:
    old = api({"/u/{id}": {"get": operation(parameter("id", WHOLE, "path"), operationId="one")}})
    there = operation(parameter("org", WHOLE, "path"), parameter("id", WHOLE, "path"), operationId="one")
    assert found([call("/u/7")], old, api({"/o/{org}/u/{id}": {"get": there}})) == [
        ("request-path-moved", "$", "break")
    ]


SAME = [
    (query(WHOLE), query(WHOLE), call("/u?q=1&extra=2&extra=3")),
    (query({"type": "number"}), query({"type": "number"}), call("/u?q=1.5")),
    (query({"type": "boolean"}), query({"type": "boolean"}), call("/u?q=true")),
    (query({"type": ["string", "integer"]}), query({"anyOf": [WHOLE, TEXT]}), call("/u?q=12")),
    (query({"type": "array", "items": WHOLE}), query({"type": "array", "items": WHOLE}), call("/u?q=1&q=2")),
    (query({"type": "array", "items": WHOLE}, explode=False),
     query({"type": "array", "items": {"type": "number"}}, explode=False), call("/u?q=1%2C2")),
    (query({"type": "array", "items": WHOLE}, style="spaceDelimited", explode=False),
     query({"type": "array", "items": WHOLE}, style="spaceDelimited", explode=False), call("/u?q=1%202")),
    (query({"type": "array", "items": WHOLE}, style="pipeDelimited", explode=False),
     query({"type": "array", "items": WHOLE}, style="pipeDelimited", explode=False), call("/u?q=1%7C2")),
    (query(thing({"a": WHOLE}, ("a",)), style="deepObject"),
     query(thing({"a": WHOLE}, ("a",)), style="deepObject"), call("/u?q[a]=1")),
    (query(thing({"a": WHOLE}, ("a",))), query(thing({"a": WHOLE}, ("a",))), call("/u?a=1")),
    (query(thing({"a": WHOLE}), explode=False), query(thing({"a": WHOLE}), explode=False), call("/u?q=a,1")),
    (query(TEXT), query(TEXT), call("/u/?q=caf%C3%A9+au+lait")),
    (get(parameter("x-a", WHOLE, "header")), get(parameter("X-A", WHOLE, "header")), call("/u", headers=(("x-A", "5"),))),
    (get(parameter("s", WHOLE, "cookie")), get(parameter("s", WHOLE, "cookie")), call("/u", headers=(("Cookie", "t=a; s=5"),))),
    (api({"/u": {"get": GONE}}, servers=SHOP), api({"/api/u": {"get": GONE}}), call("/api/u")),
    (api({"/u/{a}": {"get": GONE}}), api({"/u/{b}/": {"get": GONE}, "/u/me": {"get": GONE}}), call("/u/7")),
    (api({"/caf\u00e9/{a}": {"get": GONE}}), api({"/caf%C3%A9/{a}": {"get": GONE}}), call("/caf%c3%a9/a%2Fb")),
    (api({"/u/{a}": {"get": operation(parameter("a", {"type": "array", "items": WHOLE}, "path"))}}),
     api({"/u/{a}": {"get": operation(parameter("a", {"type": "array", "items": WHOLE}, "path"))}}), call("/u/1,2,3")),
    (api({"/u/{a}": {"get": operation(parameter("a", WHOLE, "path", style="label"))}}),
     api({"/u/{a}": {"get": operation(parameter("a", WHOLE, "path", style="label"))}}), call("/u/.7")),
    (api({"/u/{a}": {"get": operation(parameter("a", WHOLE, "path", style="matrix"))}}),
     api({"/u/{a}": {"get": operation(parameter("a", WHOLE, "path", style="matrix"))}}), call("/u/;a=7")),
    (post(thing({"a": TEXT})), post(thing({"a": TEXT, "b": TEXT})), call("/u", {"a": "x", "z": 1}, method="POST")),
    (post(thing({"a": WHOLE})), post(thing({"a": WHOLE, "b": {**TEXT, "readOnly": True}}, ("b",))),
     call("/u", {"a": 1}, method="POST")),
    (post(thing({"p": {"type": "number", "multipleOf": 0.01}})), post(thing({"p": {"type": "number", "multipleOf": 0.01}})),
     call("/u", {"p": 19.99}, method="POST")),
    (api({"/u": {"get": GONE}}), api({"/u": {"get": GONE}}), call("/u", method="OPTIONS")),
    (api({"/u": {"get": GONE}}), api({"/u": {"get": GONE}}), call("/u", method="HEAD")),
    (api({"/u": {"get": GONE}}), api({"/u": {"get": GONE}}), call("/nowhere")),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sent"), SAME)
def test__findings__of_a_call_that_new_takes__are_none(old: Api, new: Api, sent: Exchange) -> None:
    assert found([sent], old, new) == []


@pytest.mark.parametrize(("old", "new", "sent"), [row for row in SAME if row[2].request.path != "/nowhere"])
def test__findings__of_a_call_that_new_takes__are_none_without_old_either(old: Api, new: Api, sent: Exchange) -> None:
    assert found([sent], None, new) == []


def test__findings__of_a_form__read_its_texts_as_the_schema_wants_them() -> None:
    def form(schema: Any) -> Api:
        return api(
            {
                "/u": {
                    "post": operation(
                        requestBody={"content": {"application/x-www-form-urlencoded": {"schema": schema}}}
                    )
                }
            }
        )

    sent = [call("/u", b"n=5&tag=a&tag=b+c", method="POST", media="application/x-www-form-urlencoded")]
    tags = {"tag": {"type": "array", "items": TEXT}}
    assert found(sent, form(thing({})), form(thing({"n": WHOLE, **tags}))) == []
    assert found(sent, form(thing({})), form(thing({"n": {**WHOLE, "maximum": 3}, **tags}))) == [
        ("request-property-max-set", "body $.n", "break")
    ]


def test__findings__of_several_calls__count_them() -> None:
    calls = [call("/u?q=50"), call("/u?q=5"), call("/u?q=60"), call("/u?q=60")]
    [change] = request_findings(calls, query(WHOLE), query({**WHOLE, "maximum": 10}), by_path)
    assert (change.support.pairs, change.support.agreeing, change.support.distinct) == (4, 3, 2)
    assert (change.operation, change.old, change.new) == ("GET /u", 50, 10)
    assert "was valid on OLD" in change.reason


def test__findings__of_what_old_refused_itself__are_none() -> None:
    old, new = query({**WHOLE, "maximum": 20}), query({**WHOLE, "maximum": 10})
    assert found([call("/u?q=50")], old, new) == []


def test__findings__of_a_parameter_that_went_into_a_header__are_one() -> None:
    new = get(parameter("q", TEXT, "header", required=True))
    assert found([call("/u?q=1")], query(TEXT), new) == [("new-required-request-parameter", "header q", "break")]


def test__findings__of_a_cookie_that_is_missing__ask_whether_it_was_recorded() -> None:
    [change] = request_findings([call("/u")], get(), get(parameter("s", TEXT, "cookie", required=True)), by_path)
    assert (change.level, change.path) == (Level.RISK, "cookie s")
    assert "leave cookies out" in change.question


def test__findings__without_old__of_a_call_that_new_does_not_declare__are_a_question() -> None:
    [change] = request_findings([call("/gone")], None, get(), by_path)
    assert (change.kind, change.level, change.operation) == ("request-not-declared", Level.RISK, "GET /gone")
    assert change.question


def test__findings__without_a_recording__are_risks_of_the_declarations() -> None:
    changes = request_findings([], query(WHOLE), query({**WHOLE, "maximum": 10}), by_path)
    assert [(each.kind, each.level) for each in changes] == [("request-parameter-max-set", Level.RISK)]


def test__findings__where_one_side_is_a_bare_schema__are_none() -> None:
    assert found([call("/u")], None, load({"type": "object", "properties": {}})) == []


def test__findings__of_a_body_that_is_very_deep__say_that_it_was_not_checked() -> None:
    tree: Any = {"t": {"type": "object", "properties": {"in": {"$ref": "#/components/schemas/t"}}}}
    paths = {"/u": {"post": operation(body={"$ref": "#/components/schemas/t"})}}
    declared = api(paths, components={"schemas": tree})
    deep = b'{"in":' * 900 + b"{}" + b"}" * 900
    kinds = {kind for kind, _, _ in found([call("/u", deep, method="POST")], declared, declared)}
    assert kinds <= {"request-not-checked"}


def test__findings__are_the_same_for_yaml_and_for_3_0(tmp_path: Path) -> None:
    written = {
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/u": {"get": operation(parameter("q", {**WHOLE, "maximum": 10, "exclusiveMaximum": True}))}},
    }
    file = tmp_path / "new.yaml"
    file.write_text(json.dumps(written))
    assert found([call("/u?q=10")], query(WHOLE), load_declared(file)) == [
        ("request-parameter-exclusive-max-set", "query q", "break")
    ]


SCALARS = st.one_of(st.integers(-(10**6), 10**6), st.booleans(), st.text(max_size=5), st.floats(-1e6, 1e6))
SCHEMAS = st.sampled_from(
    [TEXT, WHOLE, {"type": "number"}, {"type": "boolean"}, {}, {"enum": ["a", 1]}, {"type": "array", "items": WHOLE},
     thing({"a": WHOLE}), {"type": ["string", "null"]}, {"anyOf": [WHOLE, TEXT]}, {"oneOf": [thing({"a": TEXT}), WHOLE]}]
)  # fmt: skip


@given(
    SCHEMAS, SCHEMAS, SCALARS, st.sampled_from(["form", "spaceDelimited", "pipeDelimited", "deepObject"]), st.booleans()
)
def test__findings__of_any_parameter__never_fail_and_are_none_against_itself(
    old: Any, new: Any, value: Any, style: str, explode: bool
) -> None:
    before, after = (query(schema, style=style, explode=explode) for schema in (old, new))
    calls = [
        call(f"/u?q={quote(str(value))}"),
        call(f"/u?q[a]={quote(str(value))}"),
        call(f"/u?q={value!s:.3}&q=b".replace("#", "")),
    ]
    assert found(calls, before, before) == []
    changes: list[Change] = request_findings(calls, before, after, by_path)
    assert len({each.fingerprint for each in changes}) == len(changes)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=4)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=8,
)


@given(SCHEMAS, SCHEMAS, JSON)
def test__findings__of_any_body__never_fail_and_are_none_against_itself(old: Any, new: Any, body: Any) -> None:
    calls = [call("/u", json.dumps(body).encode(), method="POST")]
    assert found(calls, post(old), post(old)) == []
    request_findings(calls, post(old), post(new), by_path)
