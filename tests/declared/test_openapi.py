from __future__ import annotations

from typing import Any

import pytest

from harness.declared.api import DeclaredHeader, Parameter
from harness.model.errors import BadFile
from harness.model.operation import Operation
from tests.declared.apis import api, document, load, operation, parameter


def test__read_openapi__of_an_operation__has_what_the_path_and_the_document_say_of_it() -> None:
    shared = {
        "parameters": [parameter("id", {"type": "integer"}, "path"), parameter("q")],
        "get": operation(parameter("q", {"type": "string"})),
    }
    read = api(
        {"/a/{id}": shared, "x-notes": 1},
        servers=[{"url": "https://x.test/{v}/", "variables": {"v": {"default": "v2"}}}],
    )
    (declared,) = read.operations.values()
    assert declared.operation == Operation("GET", "/a/{id}")
    assert declared.bases == read.bases == ("/v2",)
    assert declared.parameters == (
        Parameter("id", "path", {"type": "integer"}, required=True, style="simple", explode=False),
        Parameter("q", "query", {"type": "string"}),
    )


@pytest.mark.parametrize(
    ("servers", "bases"),
    [
        ([], ("",)),
        (["/"], ("",)),
        (["/api", "https://x.test/api/", "/v2"], ("/api", "/v2")),
        (["{host}/a"], ("{host}/a",)),
    ],
)
def test__read_openapi__of_servers__keeps_their_paths(servers: list[str], bases: tuple[str, ...]) -> None:
    assert api({}, servers=[{"url": url} for url in servers]).bases == bases


def test__read_openapi__of_answers__has_headers_in_lower_case_and_no_content_type() -> None:
    headers = {
        "X-A": {"required": True, "schema": {"type": "integer"}},
        "Content-Type": {},
        "X-B": {"deprecated": True},
    }
    responses = {
        "200": {"headers": headers},
        "4xx": {"content": {"Text/CSV": {}}},
        "default": {"$ref": "#/components/responses/E"},
    }
    shared = {"E": {"content": {"application/json": {"schema": {"type": "null"}}}}}
    read = api({"/a": {"get": {"responses": responses}}}, components={"responses": shared})
    answers = read.operations[Operation("GET", "/a")].responses
    assert answers["200"].headers == {
        "x-a": DeclaredHeader({"type": "integer"}, required=True),
        "x-b": DeclaredHeader(None, deprecated=True),
    }
    assert answers["4XX"].content == {"text/csv": None}
    assert answers["default"].content == {"application/json": {"type": "null"}}


@pytest.mark.parametrize("version", ["3.0.0", "3.0.4", "3.1.0", "3.1", "3.1.2-rc1"])
def test__read_openapi__of_a_version_that_is_read__is_an_api(version: str) -> None:
    assert load({**document({}), "openapi": version}).version == version


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"openapi": "2.0"}, "OpenAPI 2.0 is not read here"),
        ({"openapi": "4.0.0"}, "OpenAPI 4.0.0 is not read here"),
        ({"paths": []}, "this is a mapping, not []"),
        ({"paths": {"/a": {"get": []}}}, "this is a mapping, not []"),
        ({"paths": {"/a": {"get": {"responses": {"20": {}}}}}}, "'20' is no status"),
        ({"paths": {"/a": {"get": {"parameters": [{"name": "a", "in": "body"}]}}}}, "not in 'body'"),
        ({"paths": {"/a": {"get": operation(answer={"type": "strng"})}}}, "type is 'strng'"),
        ({"paths": {"/a": {"get": operation(answer={"$ref": "#/components/schemas/None"})}}}, "points at nothing"),
        ({"paths": {"/a": {"$ref": "#/paths/~1a"}}}, "leads back to itself"),
    ],
)
def test__read_openapi__of_what_is_wrong__names_the_place(change: dict[str, Any], said: str) -> None:
    with pytest.raises(BadFile) as error:
        load({**document({}), **change})
    assert said in error.value.what
    assert "(at #/" in error.value.what
    assert str(error.value.where).endswith("openapi.json:1")
