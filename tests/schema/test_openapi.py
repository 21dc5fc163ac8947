from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator

from harness.model.exchange import Exchange, Request, Response
from harness.model.json_text import parse, serialize
from harness.schema.observed import observe
from harness.schema.openapi import openapi
from harness.schema.operations import learn_operations
from tests.schema.exchanges import call


def document(*exchanges: Exchange) -> dict[str, Any]:
    written: dict[str, Any] = parse(serialize(openapi(observe(exchanges, learn_operations(exchanges)), "a shop")))
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
    assert get["x-backfit-support"] == {"samples": 2}


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
        "299": {"description": "Status 299", "content": {"text/html": {"x-backfit-unread": 1}}}
    }
    assert "x-backfit-method-propfind" in item
    assert "responses" not in item["head"]
