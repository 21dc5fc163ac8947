from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from harness.model.errors import UsageError
from harness.model.exchange import Exchange, Request, Response
from harness.model.json_text import parse, serialize
from harness.schema.observed import observe
from harness.schema.openapi import openapi
from harness.schema.operations import Learner
from harness.schema.pins import Pins, parse_pins
from tests.schema.exchanges import call
from tests.schema.json_values import VALUES


def document(*exchanges: Exchange, pins: Pins | None = None, by_type: bool = False) -> dict[str, Any]:
    """As it is read from a file; it is valid."""
    learner = Learner(by_type=by_type)
    for exchange in exchanges:
        learner.add(exchange)
    written: dict[str, Any] = parse(serialize(openapi(observe(exchanges, learner.operations()), "a shop", pins)))
    OpenAPIV31SpecValidator(written).validate()
    return written


def test__openapi__operations__are_under_their_paths_with_parameters_declared() -> None:
    found = document(call("/posts/1?_embed=x", {"id": 1}), call("/posts/2", {"id": 2}), call("PUT /posts/2", {"id": 2}))
    assert found["openapi"].startswith("3.1")
    assert found["info"]["title"] == "a shop"
    assert {path: set(item) for path, item in found["paths"].items()} == {"/posts/{post_id}": {"get", "put"}}
    get = found["paths"]["/posts/{post_id}"]["get"]
    assert [(parameter["name"], parameter["in"], parameter["required"]) for parameter in get["parameters"]] == [
        ("post_id", "path", True),
        ("_embed", "query", False),
    ]
    assert [parameter["x-backfit-support"] for parameter in get["parameters"]] == [
        {"samples": 2, "of": 2},
        {"samples": 1, "of": 2},
    ]
    assert get["parameters"][0]["schema"]["x-backfit-support"] == {"samples": 2, "distinct": 2}
    assert get["x-backfit-support"] == {"samples": 2}


def test__openapi__what_stands_beside_an_operation__is_its_member() -> None:
    exchanges = [call("/posts/1", {"id": 1}), call("/tags", [])]
    operations = Learner()
    for exchange in exchanges:
        operations.add(exchange)
    seen = observe(exchanges, operations.operations())
    beside = {seen[0].operation: {"x-backfit-reads": [{"place": "$.id"}]}}
    paths = openapi(seen, "a shop", beside=beside)["paths"]
    assert [item["get"].get("x-backfit-reads") for item in paths.values()] == [[{"place": "$.id"}], None]


def test__openapi__answers__validate_against_their_schema() -> None:
    found = document(call("/posts/1", {"id": 1}), call("/posts/2", {"id": 2}), call("/posts/3", {"e": "x"}, status=404))
    responses = found["paths"]["/posts/{post_id}"]["get"]["responses"]
    assert [(status, response["description"]) for status, response in responses.items()] == [
        ("200", "OK"),
        ("404", "Not Found"),
    ]
    schema = responses["200"]["content"]["application/json"]["schema"]
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid({"id": 1})
    assert not Draft202012Validator(schema).is_valid({"e": "x"})


def test__openapi__request_bodies__are_required_when_always_sent() -> None:
    sent, bare = call("POST /a", body={"x": 1}), call("POST /b", body={"x": 1})
    found = document(sent, bare, call("POST /b"))
    assert [found["paths"][path]["post"]["requestBody"]["required"] for path in ("/a", "/b")] == [True, False]


def test__openapi__discriminators__keep_calls_of_one_path_apart() -> None:
    bodies = [{"query": f"query {name} {{ x }}", "operationName": name} for name in ("GetUser", "a/b{c}")]
    found = document(*[call("POST /graphql", {"data": {}}, body=body) for body in bodies])
    assert list(found["paths"]) == ["/graphql#GetUser", "/graphql#a%2Fb%7Bc%7D"]


def test__openapi__what_is_not_json_or_not_known__is_said() -> None:
    html = Exchange(Request("GET", "http://host/a"), Response(299, (("content-type", "text/html"),), b"<p>"))
    found = document(html, call("PROPFIND /a"), Exchange(Request("HEAD", "http://host/a"), None))
    item = found["paths"]["/a"]
    assert item["get"]["responses"] == {
        "299": {
            "description": "Status 299",
            "content": {"text/html": {"x-backfit-support": {"samples": 1}, "x-backfit-unread": 1}},
        }
    }
    assert "x-backfit-method-propfind" in item
    assert "responses" not in item["head"]
    assert item["head"]["x-backfit-support"] == {"samples": 1, "unanswered": 1}


def test__openapi__a_status_that_http_has_not__is_said() -> None:
    found = document(call("/a", status=999), call("/a", {"x": 1}, status=99), call("/b"))
    get = found["paths"]["/a"]["get"]
    assert "responses" not in get
    assert get["x-backfit-status-99"]["content"]["application/json"]["schema"]["type"] == "object"
    assert get["x-backfit-status-999"] == {}


def test__openapi__parameters_without_end__are_one_that_is_taken_apart() -> None:
    found = document(*[call(f"/a?filter{number}=x") for number in range(300)])
    (parameter,) = found["paths"]["/a"]["get"]["parameters"]
    assert parameter["explode"] is True
    assert parameter["schema"]["additionalProperties"]["type"] == "string"
    assert parameter["x-backfit-support"] == {"samples": 300, "of": 300}


def test__openapi__a_body_that_does_not_say_its_type__stands_apart() -> None:
    headers = (("content-type", "application/octet-stream"),)
    bare = Exchange(Request("GET", "http://host/a"), Response(200, (), b"7"))
    found = document(bare, Exchange(Request("GET", "http://host/a"), Response(200, headers, b"7")))
    content = found["paths"]["/a"]["get"]["responses"]["200"]["content"]
    assert content["*/*"]["schema"]["type"] == "integer"
    assert content["application/octet-stream"] == {"x-backfit-support": {"samples": 1}, "x-backfit-unread": 1}


def test__openapi__union__refers_to_its_branches_by_the_discriminator() -> None:
    kinds = [{"type": "card", "number": "4"}, {"type": "sepa", "iban": "D"}]
    found = document(call("/payments", [{**kind, "id": f"{n}"} for n in range(9) for kind in kinds]))
    schema = found["paths"]["/payments"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["items"]
    assert schema["discriminator"] == {
        "propertyName": "type",
        "mapping": {kind: f"#/components/schemas/payments.{kind}" for kind in ("card", "sepa")},
    }
    assert found["components"]["schemas"]["payments.sepa"]["required"] == ["iban", "id", "type"]


def test__openapi__tree__is_a_component() -> None:
    tree: Any = []
    for number in range(4):
        tree = [{"id": number, "text": "x", "replies": tree}]
    found = document(call("/posts/1/comments", tree))
    assert list(found["components"]["schemas"]) == ["comments"]


def test__openapi__media_types_with_other_shapes__are_operations_of_their_own() -> None:
    types = ("application/merge-patch+json", "application/json-patch+json")
    calls = [
        Exchange(Request("PATCH", f"http://host/a/{number}", (("content-type", said),), body), Response(204))
        for number in range(3)
        for said, body in zip(types, (b'{"x": 1}', b'[{"op": "add"}]'), strict=True)
    ]
    assert list(document(*calls)["paths"]) == ["/a/{a_id}"]
    found = document(*calls, by_type=True)["paths"]
    assert list(found) == ["/a/{a_id}#application%2Fjson-patch%2Bjson", "/a/{a_id}#application%2Fmerge-patch%2Bjson"]


def test__openapi__pins__are_for_one_operation_or_all() -> None:
    calls = [call("/a", {"x": {"y": 1}}), call("/b", {"x": {"y": 1}})]

    def kinds(*pins: str) -> list[bool]:
        found = document(*calls, pins=parse_pins(pins))["paths"].values()
        contents = [item["get"]["responses"]["200"]["content"]["application/json"] for item in found]
        return ["additionalProperties" in content["schema"]["properties"]["x"] for content in contents]

    assert [kinds(), kinds("GET /b $.x=map"), kinds("$.x=map")] == [[False, False], [False, True], [True, True]]


@pytest.mark.parametrize("pin", ["$.z=map", "GET /c $.x=map"])
def test__openapi__a_pin_on_nothing__is_refused(pin: str) -> None:
    with pytest.raises(UsageError, match="did you mean"):
        document(call("/a", {"x": {"y": 1}}), pins=parse_pins([pin]))


def test__openapi__doubled_keys_and_malformed_bodies__are_counted() -> None:
    json_type = (("content-type", "application/json"),)
    bodies = (b'{"a": 1, "a": 2}', b'{"a": 1}', b"{")
    calls = [Exchange(Request("GET", "http://host/a"), Response(200, json_type, body)) for body in bodies]
    content = document(*calls)["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]
    assert (content["x-backfit-duplicate-keys"], content["x-backfit-unread"]) == (1, 1)
    assert content["x-backfit-support"] == {"samples": 3}


NAMES = st.sampled_from(
    ["$ref", "$id", "discriminator", "type", "a", "{a}", "x y", "\u00e9", "\ud800", "#", "%", "?", ""]
)
BODIES = st.one_of(VALUES, st.dictionaries(NAMES, VALUES, max_size=4))
SEGMENTS = st.one_of(NAMES, st.sampled_from(["7", "8", "v1", "x.json"]))
EXCHANGES = st.builds(
    lambda method, path, query, status, said, sent, answer: Exchange(
        Request(method, "http://host/" + "/".join(path) + query, (("content-type", said),), sent),
        Response(status, (("content-type", said),), answer),
    ),
    st.sampled_from(["GET", "POST", "HEAD", "LOCK", "get", "é"]),
    st.lists(SEGMENTS.map(lambda segment: segment.replace("\ud800", "~")), max_size=3),
    st.sampled_from(["", "?a=1&a=2", "?=x", "?{a}=%00", "?$ref=y"]),
    st.sampled_from([200, 204, 404, 299, 99, 600, 0, -1]),
    st.sampled_from(["application/json", "", "text/html", "application/x-www-form-urlencoded", "a b;c"]),
    st.sampled_from([b"", b"a=1", b'{"query":"query A{b}"}', b'{"jsonrpc":"2.0","method":"a/b c","id":1}', b"\xff"]),
    st.one_of(st.just(b""), st.just(b"<p>"), BODIES.map(serialize)),
)


@given(st.lists(EXCHANGES, max_size=8))
def test__openapi__any_traffic__is_valid(exchanges: list[Exchange]) -> None:
    document(*exchanges, by_type=True)
