from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.declared.load import load_declared
from harness.model.exchange import Exchange, Request, Response
from harness.model.operation import Operation
from harness.probing.declared import Declared

Paths = dict[str, dict[str, Any]]


def document(folder: Path, paths: Paths, name: str = "new", **more: Any) -> Path:
    file = folder / f"{name}.openapi.json"
    file.write_text(json.dumps({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths, **more}))
    return file


def listing(*names: str, method: str = "get", **operation: Any) -> dict[str, Any]:
    """A path item whose operation has these query parameters: `name>=1` begins with 1, `name|a|b` is one of two."""
    parameters = []
    for said in names:
        name, *listed = said.partition(">=")[0].split("|")
        least = said.partition(">=")[2]
        schema = (
            {"type": "integer", "minimum": int(least)}
            if least
            else {"type": "string"} | ({"enum": listed} if listed else {})
        )
        parameters.append({"name": name, "in": "query", "schema": schema})
    return {method: {"parameters": parameters, "responses": {"200": {"description": "ok"}}, **operation}}


def item(*names: str, method: str = "get", **operation: Any) -> dict[str, Any]:
    path = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]
    return {method: {"parameters": path, "responses": {"200": {"description": "ok"}}, **operation}}


def candidates(declared: Declared, template: str, *targets: str, method: str = "GET") -> list[str]:
    calls = [Exchange(Request(method, f"http://x.test{target}"), Response(200)) for target in targets]
    return [str(each) for each in declared.candidates(Operation(method, template), calls)]


@pytest.mark.parametrize(
    ("paths", "template", "targets", "expected"),
    [
        ({"/a": listing()}, "/a", ["/a"], []),
        ({"/v2/a": listing()}, "/a", ["/a"], ["GET /v2/a"]),
        ({"/v2/a/{key}": item("key")}, "/v1/a/{id}", ["/v1/a/7"], ["GET /v2/a/{id}"]),
        ({"/v2/a": listing(), "/v3/a": listing()}, "/v1/a", ["/v1/a"], ["GET /v2/a", "GET /v3/a"]),
        ({"/v2/b": listing()}, "/v1/a", ["/v1/a"], []),
        ({"/a": listing("perPage")}, "/a", ["/a?per_page=5"], ["rename at $.query, from per_page, to perPage"]),
        ({"/a": listing("search")}, "/a", ["/a?q=x"], ["rename at $.query, from q, to search"]),
        ({"/a": listing("q", "tag")}, "/a", ["/a?q=x"], []),
        ({"/a": listing("colour")}, "/a", ["/a?weight=x"], []),
        (
            {"/a": listing("page>=0", "size")},
            "/a",
            ["/a?offset=0&limit=5"],
            ["page at $.query, start offset, page page, size size, limit limit, first 0"],
        ),
        (
            {"/a": listing("page>=1", "size")},
            "/a",
            ["/a?offset=0&limit=5"],
            ["page at $.query, start offset, page page, size size, limit limit"],
        ),
    ],
)
def test__candidates__of_calls__are_what_new_declares_of_them(
    tmp_path: Path, paths: Paths, template: str, targets: list[str], expected: list[str]
) -> None:
    assert candidates(Declared(load_declared(document(tmp_path, paths))), template, *targets) == expected


def test__candidates__pages_whose_first_number_is_not_said__are_two(tmp_path: Path) -> None:
    declared = Declared(load_declared(document(tmp_path, {"/a": listing("page", "size")})))
    assert len(candidates(declared, "/a", "/a?offset=0&limit=5")) == 2


def test__candidates__of_an_order__are_those_whose_values_are_listed(tmp_path: Path) -> None:
    sent = "/a?_sort=title&_order=DESC", "/a?_sort=title&_order=ASC"
    told = Declared(load_declared(document(tmp_path, {"/a": listing("sort|title|-title")})))
    assert candidates(told, "/a", *sent) == [
        "order-to-sign at $.query, key _sort, order _order, down DESC, up ASC; rename at $.query, from _sort, to sort"
    ]
    untold = Declared(load_declared(document(tmp_path, {"/a": listing("sort")}, "untold")))
    assert len(candidates(untold, "/a", *sent)) > 1


def test__candidates__an_operation_with_olds_id__is_it_wherever_it_went(tmp_path: Path) -> None:
    old = document(tmp_path, {"/a/{id}": item("id", operationId="getA")}, "old")
    new = document(tmp_path, {"/elsewhere/{key}": item("key", operationId="getA"), "/v2/a/{id}": item("id")})
    declared = Declared(load_declared(new), load_declared(old))
    assert candidates(declared, "/a/{a_id}", "/a/7") == ["GET /elsewhere/{a_id}"]


def test__candidates__a_write_that_new_has_under_another_method__is_that(tmp_path: Path) -> None:
    declared = Declared(load_declared(document(tmp_path, {"/a/{id}": item("id", method="patch")})))
    assert candidates(declared, "/a/{a_id}", "/a/7", method="PUT") == ["PATCH /a/{a_id}"]
    assert candidates(declared, "/a/{a_id}", "/a/7", method="GET") == []


def test__candidates__a_parameter_with_olds_values__is_it_whatever_its_name(tmp_path: Path) -> None:
    def kinds(name: str) -> dict[str, Any]:
        schema = {"type": "string", "enum": ["draft", "published", "archived"]}
        parameters = [
            {"name": name, "in": "query", "schema": schema},
            {"name": "x", "in": "query", "schema": {"type": "string"}},
        ]
        return {"get": {"parameters": parameters, "responses": {"200": {"description": "ok"}}}}

    old, new = document(tmp_path, {"/a": kinds("status")}, "old"), document(tmp_path, {"/a": kinds("phase")})
    with_old = Declared(load_declared(new), load_declared(old))
    assert candidates(with_old, "/a", "/a?status=draft") == ["rename at $.query, from status, to phase"]
    assert candidates(Declared(load_declared(new)), "/a", "/a?status=draft") == []


def test__candidates__the_servers_path__stands_before_the_template(tmp_path: Path) -> None:
    file = document(tmp_path, {"/a": listing()}, servers=[{"url": "https://x.test/api/4"}])
    assert candidates(Declared(load_declared(file)), "/api/3/a", "/api/3/a") == ["GET /api/4/a"]
