from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from harness.model.errors import UsageError
from harness.schema.pins import Pins, parse_pins
from harness.schema.summary import KEY_CAP, merge, summarize
from harness.schema.view import View, json_schema
from tests.schema.json_values import SCALARS, VALUES, at_any_caps, bounded, of


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
        (
            [1, 1.0, "a", None, None, True],
            {"samples": 6, "types": {"null": 2, "boolean": 1, "number": 2, "string": 1}, "distinct": 5},
        ),
        ([1, 2], {"samples": 2, "distinct": 2}),
        (list(range(65)), {"samples": 65, "distinct": "many"}),
        ([{}], {"samples": 1}),
    ],
)
def test__json_schema__support__counts_samples_and_distinct_values(values: list[Any], support: dict[str, Any]) -> None:
    assert json_schema(of(values))["x-backfit-support"] == support


def test__json_schema__enum__has_the_support_of_each_value() -> None:
    schema = json_schema(of(orders(["paid", "open", "open"], 20, 60)))
    assert schema["properties"]["status"]["x-backfit-support"]["values"] == {"open": 40, "paid": 20}


KINDS = st.sampled_from(["card", "sepa", "cash"])
MEMBERS = {"card": "number", "sepa": "iban", "cash": "change"}


@given(st.lists(st.tuples(KINDS, st.integers(0, 99), st.booleans(), SCALARS), min_size=12, max_size=24))
def test__json_schema__union__accepts_all_that_was_seen_and_no_mixture(rows: list[Any]) -> None:
    values = [
        {"type": kind, "id": number, MEMBERS[kind]: value, **({"note": value} if noted else {})}
        for kind, number, noted, value in rows
    ]
    extra = [None, "text", [1]]
    schema = json_schema(of(values + extra))
    Draft202012Validator.check_schema(schema)
    for value in values + extra:
        Draft202012Validator(schema).validate(value)
    if "oneOf" in schema:
        told = Counter(value["type"] for value in values)
        for value in values:
            other = {"card": "sepa", "sepa": "cash", "cash": "card"}[value["type"]]
            if told[other] != 1:  # what one sample has is not required of the others
                assert not Draft202012Validator(schema).is_valid(value | {"type": other})


def test__json_schema__union__has_a_branch_for_each_kind_and_the_rest() -> None:
    cards = [{"type": "card", "number": f"{n}", "id": n} for n in range(10)]
    schema = json_schema(of([*cards, *({"type": "sepa", "iban": f"{n}", "id": n} for n in range(10)), None]))
    assert schema["type"] == ["null", "object"]
    assert schema["oneOf"] == [{"$ref": "#/$defs/root.card"}, {"$ref": "#/$defs/root.sepa"}, {"type": ["null"]}]
    assert schema["discriminator"]["mapping"] == {"card": "#/$defs/root.card", "sepa": "#/$defs/root.sepa"}
    card = schema["$defs"]["root.card"]
    assert card["properties"].keys() == {"type", "number", "id"}
    assert card["properties"]["type"] == {"const": "card", "x-backfit-support": {"samples": 10}}
    assert card["required"] == ["id", "number", "type"]
    assert card["x-backfit-support"] == {"samples": 10}


def pinned(values: list[Any], *pins: str) -> Any:
    return bare(json_schema(of(values), parse_pins(pins)))


RECORDS: list[Any] = [{"a": {"x": 1, "y": "z"}, "b": "p"}, {"a": {"x": 2, "y": "z"}, "b": None}]


def test__json_schema__pins__overrule_what_was_learned() -> None:
    schema = pinned(RECORDS, "$.a=map", "$.b=enum")
    assert schema["properties"]["a"]["additionalProperties"]["type"] == ["integer", "string"]
    assert schema["properties"]["b"] == {"enum": ["p", None], "x-backfit-pinned": "enum"}
    assert pinned(RECORDS, "$.a=opaque")["properties"]["a"] == {"x-backfit-pinned": "opaque"}
    assert pinned(RECORDS, "$.a=map", "$.a.*=opaque")["properties"]["a"]["additionalProperties"] == {
        "x-backfit-pinned": "opaque"
    }


@pytest.mark.parametrize(
    ("pin", "error"),
    [
        ("$.a=enum", r"\$\.a cannot be an enum"),
        ("$.b=map", r"(?s)\$\.b cannot be a map: no object stands there.*null or string"),
        ("$.n=enum", "cannot be an enum"),
    ],
)
def test__json_schema__a_pin_that_does_not_fit__is_refused(pin: str, error: str) -> None:
    with pytest.raises(UsageError, match=error):
        pinned([*RECORDS, {"n": "x" * 300}], pin)


def test__view__definitions_of_one_name__get_a_number() -> None:
    view = View("#/", Pins())
    assert [view.define(name)[0] for name in ("a/b", "a b", "", "a" * 99)] == [
        "#/a_b",
        "#/a_b.2",
        "#/_",
        f"#/{'a' * 60}",
    ]


def test__json_schema__below_the_depth_bound__says_that_it_did_not_look() -> None:
    value: Any = {"a": 1}
    for _ in range(1000):
        value = [value]
    schema = json_schema(summarize(value))
    while "items" in schema:
        schema = schema["items"]
    assert schema["x-backfit-support"] == {"samples": 1, "unseen": 1}
