from __future__ import annotations

from typing import Any

import pytest

from harness.declared.request_ids import (
    BOUNDS,
    OTHERS,
    SCOPES,
    is_upper,
    kebab,
    narrowing,
    removed_property,
    required_property,
)
from harness.declared.request_rules import request_rules


@pytest.mark.parametrize(
    ("scope", "keyword", "before", "after", "value", "expected"),
    [
        ("body", "type", ["object"], "array", {}, "request-body-type-changed"),
        ("property", "type", [["string", "null"]], "string", None, "request-property-became-not-nullable"),
        (
            "property",
            "type",
            [["string", "integer", "array"]],
            ["string", "array"],
            1,
            "request-property-list-of-types-narrowed",
        ),
        ("parameter", "enum", [], ["a"], "b", "request-parameter-became-enum"),
        ("parameter", "const", [1], 2, 1, "request-parameter-enum-value-removed"),
        ("property", "const", [1], 2, 1, "request-property-const-changed"),
        ("property", "exclusiveMinimum", [1], 2, 1, "request-property-exclusive-min-increased"),
        ("property", "anyOf", [[]], [], 1, "request-property-any-of-removed"),
        ("property", "false", [], None, 1, "request-property-refused"),
    ],
)
def test__narrowing__by_a_keyword__has_oasdiffs_id(
    scope: str, keyword: str, before: Any, after: Any, value: Any, expected: str
) -> None:
    assert narrowing(scope, keyword, before, after, value) == expected


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize(
    "keyword", [*BOUNDS, *OTHERS, "type", "enum", "const", "pattern", "anyOf", "oneOf", "false", "unheardOf"]
)
@pytest.mark.parametrize("before", [[], [["null", "integer", "string"]]])
def test__narrowing__of_any_keyword__has_a_rule(scope: str, keyword: str, before: Any) -> None:
    for value in (None, 1):
        assert narrowing(scope, keyword, before, ["integer"], value) in request_rules()


def test__required_and_removed_properties__have_rules() -> None:
    for scope in SCOPES:
        assert removed_property(scope) in request_rules()
        for place in ("query", "header", "body"):
            for new in (True, False):
                assert required_property(scope, place, new=new) in request_rules()


def test__words__of_keywords() -> None:
    assert (kebab("maxLength"), kebab("$ref")) == ("max-length", "ref")
    assert (is_upper("maxItems"), is_upper("minItems")) == (True, False)
