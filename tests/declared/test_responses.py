from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from harness.declared.responses import compare_responses
from harness.declared.rules import declared_rules
from harness.model.change import Change
from harness.model.json_text import serialize
from harness.model.paths import format_path, parse_path
from tests.declared.apis import api, load
from tests.declared.pairs import ANIMALS, Row, body, compared, rows

ROWS = list(rows())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test__compare_responses__of_the_smallest_pair__names_that_change_and_no_other(row: Row) -> None:
    (change,) = compared(row.old, row.new, row.deprecations)
    assert (change.kind, change.level) == (row.id, declared_rules()[row.id].level)
    assert row.at in (None, change.path)
    assert change.operation == "GET /pets"
    assert change.fingerprint


def test__rows__all_of_them__are_all_the_rules() -> None:
    assert sorted(row.id for row in ROWS) == sorted(declared_rules())


NAMES = ("a", "b", "c")
SCALARS = st.sampled_from([None, True, 0, 1, 1.5, "x", "y"])
WORDS: dict[str, st.SearchStrategy[Any]] = {
    "type": st.sampled_from(
        ["string", "integer", "number", "object", "array", "boolean", ["string", "null"], ["integer", "object"]]
    ),
    "format": st.sampled_from(["date", "date-time", "int32"]),
    "enum": st.lists(SCALARS, min_size=1, max_size=3),
    "const": SCALARS,
    "default": SCALARS,
    "pattern": st.sampled_from(["^a", "b$"]),
    "minimum": st.integers(-2, 2),
    "exclusiveMaximum": st.integers(-2, 2),
    "maxLength": st.integers(0, 3),
    "minItems": st.integers(0, 3),
    "minContains": st.integers(0, 3),
    "required": st.lists(st.sampled_from(NAMES), unique=True),
    "deprecated": st.booleans(),
    "writeOnly": st.booleans(),
    "readOnly": st.booleans(),
    "x-stability-level": st.sampled_from(["alpha", "stable"]),
    "dependentRequired": st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES))),
    "discriminator": st.just({"propertyName": "a", "mapping": {"x": "A"}}),
}
ANY = st.sampled_from(
    [{}, True, False, {"type": "string"}, *({"$ref": f"#/components/schemas/{name}"} for name in "AB")]
)


def schemas() -> st.SearchStrategy[Any]:
    return st.recursive(ANY, _holding, max_leaves=12)


def _holding(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    many, named = st.lists(inner, min_size=1, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner)
    ones = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "contentSchema", "propertyNames")
    parts = dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), many) | dict.fromkeys(ones, inner)
    parts |= dict.fromkeys(("properties", "patternProperties", "dependentSchemas"), named)
    return st.fixed_dictionaries({}, optional={**WORDS, **parts})


def sides(one: Any, other: Any, left: Any, right: Any) -> list[Change]:
    """How two bodies differ, over components A and B of each side."""
    paths = ({"/pets": {"get": {"responses": body(schema)}}} for schema in (one, other))
    apis = [api(path, components={"schemas": each}) for path, each in zip(paths, (left, right), strict=True)]
    return compare_responses(*apis)


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(schemas(), schemas(), schemas(), schemas())
def test__compare_responses__of_any_two_declarations__names_known_changes_with_paths(
    one: Any, other: Any, a: Any, b: Any
) -> None:
    assume("$ref" not in (a if isinstance(a, dict) else {}))
    assume("$ref" not in (b if isinstance(b, dict) else {}))
    components = {"A": a, "B": b}
    for change in sides(one, other, components, components):
        assert change.kind in declared_rules()
        assert format_path(parse_path(change.path)) == change.path
        assert serialize([change.old, change.new])


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(schemas(), schemas(), schemas(), st.randoms(use_true_random=False))
def test__compare_responses__of_a_declaration_with_itself_in_other_words__finds_nothing(
    one: Any, a: Any, b: Any, random: Random
) -> None:
    assume("$ref" not in (a if isinstance(a, dict) else {}))
    assume("$ref" not in (b if isinstance(b, dict) else {}))
    components = {"A": a, "B": b}
    assert sides(one, one, components, components) == []
    assert sides(one, shuffled(one, random), components, shuffled(components, random)) == []
    assert sides(one, inlined(one, components, 2), components, components) == []


def shuffled(value: Any, random: Random) -> Any:
    """Members in another order, and the elements of lists whose order says nothing."""
    if not isinstance(value, dict):
        return value
    names = list(value)
    random.shuffle(names)
    made = {}
    for name in names:
        inner = value[name]
        if isinstance(inner, list) and name in ("allOf", "anyOf", "oneOf", "enum", "required", "type"):
            inner = random.sample(inner, len(inner))
        made[name] = [shuffled(each, random) for each in inner] if isinstance(inner, list) else shuffled(inner, random)
    return made


def inlined(value: Any, components: Any, levels: int) -> Any:
    """The same without references, down to some level."""
    if isinstance(value, list):
        return [inlined(each, components, levels) for each in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value and levels:
        return inlined(components[value["$ref"][-1]], components, levels - 1)
    return {key: inlined(inner, components, levels) for key, inner in value.items()}


OF_3_0 = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "nullable": True, "example": "x"},
        "kind": {"type": "string", "enum": ["a", "b"], "nullable": True},
        "price": {"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 9, "exclusiveMaximum": False},
        "owner": {"nullable": True, "allOf": [{"$ref": "#/components/schemas/Cat"}]},
        "file": {"type": "string", "format": "byte"},
        "one": {"type": "string", "enum": ["x"]},
        "pet": {"$ref": "#/components/schemas/Cat", "description": "says nothing in 3.0"},
        "list": {"type": "array", "items": {"oneOf": [{"type": "string"}, {"type": "integer"}]}},
    },
}
OF_3_1 = {
    "type": "object",
    "properties": {
        "name": {"type": ["string", "null"], "examples": ["x"]},
        "kind": {"type": ["string", "null"], "enum": ["a", "b", None]},
        "price": {"type": "number", "exclusiveMinimum": 0, "maximum": 9},
        "owner": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Cat"}]},
        "file": {"type": "string", "contentEncoding": "base64"},
        "one": {"const": "x"},
        "pet": {"$ref": "#/components/schemas/Cat", "description": "says something in 3.1"},
        "list": {"type": "array", "items": {"type": ["integer", "string"]}},
    },
}


def test__compare_responses__of_the_same_in_openapi_3_0_and_3_1__finds_nothing() -> None:
    paths = [{"/pets": {"get": {"responses": body(schema)}}} for schema in (OF_3_0, OF_3_1)]
    old = api(paths[0], openapi="3.0.3", components={"schemas": ANIMALS})
    new = api(paths[1], openapi="3.1.0", components={"schemas": ANIMALS})
    assert compare_responses(old, new) == []
    assert compare_responses(new, old) == []


def test__compare_responses__of_one_change_in_several_answers__is_one_finding_that_names_them() -> None:
    old, new = ({"type": "object", "properties": {"a": {"type": kind}}} for kind in ("integer", "string"))
    several = [
        {
            status: {"content": {"application/json": {"schema": schema}, "application/hal+json": {"schema": schema}}}
            for status in ("200", "202")
        }
        for schema in (old, new)
    ]
    (change,) = compared(*several)
    assert change.facts == {"statuses": ["200", "202"]}
    assert change.message == "integer became string (status 200, 202)"


def test__compare_responses__of_other_words_about_the_same_change__has_the_same_fingerprint() -> None:
    old, new = (
        {"type": "object", "properties": {"a": {"type": "integer"}}},
        {"type": "object", "properties": {"a": {"type": "string"}}},
    )
    told = {**old, "description": "told at length", "properties": {"a": {"type": "integer", "title": "A"}, "b": {}}}
    (one,), (other,) = (
        compared(body(old), body(new)),
        compared(body(told), body({**new, "properties": {**new["properties"], "b": {}}})),
    )  # type: ignore[dict-item]
    assert one.fingerprint == other.fingerprint


def test__compare_responses__of_two_json_schemas__is_told_of_any_call() -> None:
    (change,) = compare_responses(load({"type": "integer"}), load({"type": "string"}))
    assert (change.operation, change.path, change.kind) == ("ANY *", "$", "response-body-type-changed")


def test__compare_responses__under_a_servers_path__names_the_whole_path() -> None:
    old, new = (
        api({"/a": {"get": {"responses": body({"type": kind})}}}, servers=[{"url": "/v1"}])
        for kind in ("integer", "string")
    )
    assert [change.operation for change in compare_responses(old, new)] == ["GET /v1/a"]
