from __future__ import annotations

from typing import Any

import pytest

from harness.declared.narrowings import narrowings
from harness.model.change import Level
from tests.declared.apis import api, operation, parameter

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}


def found(old: Any, new: Any, path: str = "/u") -> list[tuple[str, str]]:
    before, after = (api({path: {"post": each}}) for each in (old, new))
    changes = narrowings(before, after)
    assert all(each.level is Level.RISK and each.question for each in changes)
    return [(each.kind, each.path) for each in changes]


def query(schema: Any, **more: Any) -> Any:
    return operation(parameter("q", schema, **more))


def body(schema: Any, **more: Any) -> Any:
    return operation(body=schema, **more)


def thing(*required: str, **properties: Any) -> Any:
    return {"type": "object", "properties": properties, "required": [*required]}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (operation(), query(TEXT, required=True), [("new-required-request-parameter", "query q")]),
        (operation(), query(TEXT), []),
        (query(TEXT), query(TEXT, required=True), [("request-parameter-became-required", "query q")]),
        (query(TEXT), operation(), [("request-parameter-removed", "query q")]),
        (query(TEXT), query(WHOLE), [("request-parameter-type-changed", "query q")]),
        (query(WHOLE), query({"type": "number"}), []),
        (query({"type": "array", "items": WHOLE}), query({"type": "array", "items": {**WHOLE, "minimum": 1}}),
         [("request-parameter-min-set", "query q[*]")]),
        (operation(), body(TEXT, required=True), [("request-body-added-required", "body $")]),
        (body(TEXT), operation(), [("request-body-removed", "body $")]),
        (body(thing(a=TEXT)), body(thing("b", a=TEXT, b=TEXT)), [("new-required-request-property", "body $.b")]),
        (body(thing(a=TEXT)), body(thing("a", a=TEXT)), [("request-property-became-required", "body $.a")]),
        (body(thing(a=TEXT, b=TEXT)), body(thing(b=TEXT)), [("request-property-removed", "body $.a")]),
        (body(thing(a=TEXT)), body(thing("b", a=TEXT, b={"readOnly": True})), []),
        (body({"anyOf": [TEXT, WHOLE]}), body({"anyOf": [TEXT]}), []),  # unions are not compared
        (body(thing("a", a=TEXT)), body(thing(a={"type": ["string", "null"]}, c=TEXT)), []),
    ],
)  # fmt: skip
def test__narrowings__of_one_difference__are_one_risk(old: Any, new: Any, expected: Any) -> None:
    assert found(old, new) == expected
    assert found(new, new) == []


def test__narrowings__of_a_path_variable_with_another_name__compare_its_place() -> None:
    old, new = (
        api({f"/u/{{{name}}}": {"get": operation(parameter(name, schema, "path"))}})
        for name, schema in (("a", TEXT), ("b", WHOLE))
    )
    assert [(each.kind, each.path) for each in narrowings(old, new)] == [("request-parameter-type-changed", "path a")]


@pytest.mark.parametrize(
    ("new", "kind", "level"),
    [
        ({"/v": {"get": operation()}}, "api-path-removed-without-deprecation", "risk"),
        ({"/u": {"put": operation()}}, "api-removed-without-deprecation", "risk"),
        ({"/v2/u": {"get": operation()}}, "request-path-moved", "risk"),
    ],
)
def test__narrowings__of_a_call_that_is_gone__say_how(new: Any, kind: str, level: str) -> None:
    [change] = narrowings(api({"/u": {"get": operation()}}), api(new))
    assert (change.kind, change.level, change.operation) == (kind, level, "GET /u")


def test__narrowings__of_a_deprecated_call_that_is_gone__are_no_surprise() -> None:
    [change] = narrowings(api({"/u": {"get": operation(deprecated=True)}}), api({"/v": {"get": operation()}}))
    assert (change.kind, change.level) == ("api-path-removed-with-deprecation", Level.INFO)


def test__narrowings__of_a_recursive_body__end() -> None:
    def tree(schema: Any) -> Any:
        node = {"type": "object", "properties": {"n": schema, "in": {"$ref": "#/components/schemas/node"}}}
        return api(
            {"/u": {"post": body({"$ref": "#/components/schemas/node"})}}, components={"schemas": {"node": node}}
        )

    assert next(iter(narrowings(tree(TEXT), tree(WHOLE)))).path == "body $.n"
