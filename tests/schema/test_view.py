from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from harness.schema.summary import KEY_CAP, merge, summarize
from harness.schema.view import json_schema
from tests.schema.json_values import VALUES, at_any_caps, bounded, of


def bare(schema: Any) -> Any:
    """The schema without its support."""
    if isinstance(schema, dict):
        return {key: bare(value) for key, value in schema.items() if key not in ("$schema", "x-backfit-support")}
    return [bare(value) for value in schema] if isinstance(schema, list) else schema


@at_any_caps
@given(values=st.lists(VALUES, min_size=1, max_size=6), others=st.lists(VALUES, max_size=3))
def test__json_schema__of_what_includes_a_value__accepts_it(
    caps: Mapping[str, int], values: list[Any], others: list[Any]
) -> None:
    with bounded(caps):
        schema = json_schema(merge(of(values), of(others)))
    Draft202012Validator.check_schema(schema)
    for value in values:
        Draft202012Validator(schema).validate(value)


@pytest.mark.parametrize(
    ("values", "schema"),
    [
        ([], {}),
        ([None, 3], {"type": ["null", "integer"], "minimum": 3, "maximum": 3}),
        ([1, 2.5], {"type": "number", "minimum": 1, "maximum": 2.5}),
        ([True], {"type": "boolean"}),
        (
            ["2026-03-02T09:00:00Z"],
            {"type": "string", "minLength": 20, "maxLength": 20, "format": "date-time"},
        ),
        (
            ["SGVsbG8sIFdvcmxkIQ=="],
            {"type": "string", "minLength": 20, "maxLength": 20, "contentEncoding": "base64"},
        ),
        (
            [{"a": None}, {"a": None, "b": None}],
            {"type": "object", "properties": {"a": {"type": "null"}, "b": {"type": "null"}}, "required": ["a"]},
        ),
        ([{"a": None}], {"type": "object", "properties": {"a": {"type": "null"}}}),
        ([[None], []], {"type": "array", "minItems": 0, "maxItems": 1, "items": {"type": "null"}}),
        ([[]], {"type": "array", "minItems": 0, "maxItems": 0}),
        (
            [[None, True], [None, False]],
            {
                "type": "array",
                "minItems": 2,
                "maxItems": 2,
                "items": {"type": ["null", "boolean"]},
            },
        ),
        ([{"1": True, "2": False}], {"type": "object", "additionalProperties": {"type": "boolean"}}),
    ],
)
def test__json_schema__values__says_what_was_seen(values: list[Any], schema: dict[str, Any]) -> None:
    assert bare(json_schema(of(values))) == schema


def test__json_schema__tuples__keeps_the_positions() -> None:
    schema = bare(json_schema(of([[True, {"a": None}], [False, {"a": None}]])))
    assert [position["type"] for position in schema["prefixItems"]] == ["boolean", "object"]
    assert schema["items"] is False


def test__json_schema__more_keys_than_are_kept__is_a_map() -> None:
    schema = bare(json_schema(summarize({f"k{number}": True for number in range(KEY_CAP + 1)})))
    assert schema == {"type": "object", "additionalProperties": {"type": "boolean"}}


def orders(statuses: list[Any], customers: int, count: int) -> list[Any]:
    return [{"status": statuses[n % len(statuses)], "customer": n % customers} for n in range(count)]


@pytest.mark.parametrize(
    ("statuses", "customers", "count", "enum"),
    [
        (["paid", "open"], 20, 40, ["open", "paid"]),
        (["paid", "open", None], 20, 60, ["open", "paid", None]),
        (["paid", "open"], 20, 19, None),  # too few samples
        (["paid", "open"], 2, 40, None),  # the same two objects over and over
        (["paid", "open", 3], 20, 60, None),  # not strings alone
        (["paid on time", "open"], 20, 40, None),  # prose
        (["paid"], 20, 40, None),  # a constant is no choice
        ([f"s{n}" for n in range(13)], 60, 600, None),  # too many
    ],
)
def test__json_schema__strings_of_few_values__enum_needs_strong_evidence(
    statuses: list[Any], customers: int, count: int, enum: list[Any] | None
) -> None:
    schema = json_schema(of(orders(statuses, customers, count)))
    assert schema["properties"]["status"].get("enum") == enum


@pytest.mark.parametrize(
    ("values", "support"),
    [
        ([1, 1.0, "a", None, None, True], {"samples": 6, "distinct": 5}),
        (list(range(65)), {"samples": 65, "distinct": "many"}),
        ([{}], {"samples": 1}),
    ],
)
def test__json_schema__support__counts_samples_and_distinct_values(values: list[Any], support: dict[str, Any]) -> None:
    assert json_schema(of(values))["x-backfit-support"] == support


def test__json_schema__below_the_depth_bound__says_that_it_did_not_look() -> None:
    value: Any = {"a": 1}
    for _ in range(1000):
        value = [value]
    schema = json_schema(summarize(value))
    while "items" in schema:
        schema = schema["items"]
    assert schema["x-backfit-support"] == {"samples": 1, "unseen": 1}
