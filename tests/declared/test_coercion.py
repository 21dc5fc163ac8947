from __future__ import annotations

from typing import Any

import pytest

from harness.declared.coercion import values_sent
from harness.declared.serialization import pairs_of
from harness.declared.validators import Validators
from tests.declared.apis import api, operation, parameter


def sent(schema: Any, query: str, **more: Any) -> list[Any]:
    declared = api({"/u": {"get": operation(parameter("q", schema, **more))}})
    [one] = declared.operations.values()
    return values_sent(one.parameters[0], pairs_of(query), Validators(declared))


@pytest.mark.parametrize(
    ("schema", "query", "expected"),
    [
        ({"type": "integer"}, "q=007", [7]),
        ({"type": "integer"}, "q=7.5", ["7.5"]),
        ({"type": "number"}, "q=7", [7]),
        ({"type": "number"}, "q=-1e3", [-1000.0]),
        ({"type": "boolean"}, "q=True", [True]),
        ({"type": "string"}, "q=7", ["7"]),
        ({"type": ["string", "integer"], "maxLength": 1}, "q=77", [77]),
        ({"type": ["string", "null"]}, "q=", [None]),
        ({"enum": [1, "a"]}, "q=1", [1]),
        ({"enum": ["1", "a"]}, "q=1", ["1"]),
        ({}, "q=x", ["x"]),
        ({"type": "array", "items": {"type": "integer"}}, "q=1&q=x", [[1, "x"]]),
        ({"type": "object", "properties": {"a": {"type": "integer"}}}, "a=1&b=2", [{"a": 1}]),
        ({"type": "object"}, "a=1", [{"a": "1"}]),
        ({"type": "integer"}, "x=1", []),
    ],
)
def test__values_sent__by_schema__have_its_types(schema: Any, query: str, expected: list[Any]) -> None:
    assert sent(schema, query) == expected


def test__values_sent__of_a_parameter_that_is_a_document__are_parsed() -> None:
    written = {"name": "q", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}}
    declared = api({"/u": {"get": operation(written)}})
    [one] = declared.operations.values()
    for query, value in (("q=%7B%22a%22%3A1%7D", {"a": 1}), ("q=broken", "broken")):
        assert values_sent(one.parameters[0], pairs_of(query), Validators(declared)) == [value]
