from __future__ import annotations

from typing import Any

import pytest

from harness.declared.validators import Validators
from harness.declared.violations import Direction, violations
from harness.model.paths import format_path
from tests.declared.apis import api, operation

CARD = {
    "type": "object",
    "properties": {"type": {"const": "card"}, "number": {"type": "string"}},
    "required": ["type", "number"],
}
SEPA = {
    "type": "object",
    "properties": {"type": {"const": "sepa"}, "iban": {"type": "string"}},
    "required": ["type", "iban"],
}


def broken(schema: Any, value: Any, direction: Direction = "response") -> list[tuple[str, str]]:
    declared = api({"/u": {"get": operation(answer=schema)}})
    [one] = declared.operations.values()
    body = one.responses["200"].content["application/json"]
    return [(each.keyword, format_path(each.path)) for each in violations(Validators(declared), body, value, direction)]


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"type": "string"}, 1, [("type", "$")]),
        ({"items": {"maximum": 2}}, [3, 4, 5], [("maximum", "$[*]")]),
        ({"required": ["a", "b"]}, {}, [("required", "$.a"), ("required", "$.b")]),
        ({"properties": {"a": {}}, "additionalProperties": False}, {"a": 1, "x": 1, "y": 2},
         [("additionalProperties", "$.x"), ("additionalProperties", "$.y")]),
        ({"additionalProperties": {"type": "string"}}, {"k1": 1, "k2": 2}, [("type", "$.*")]),
        ({"anyOf": [{"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "null"}]}, {"a": 1}, [("type", "$.a")]),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, 1, [("type", "$")]),
        ({"oneOf": [CARD, SEPA]}, {"type": "card"}, [("required", "$.number")]),
        ({"oneOf": [CARD, SEPA]}, {"type": "cash"}, [("oneOf", "$")]),
        ({"oneOf": [{"type": "integer"}, {"type": "number"}]}, 1, [("oneOf", "$")]),
        ({"allOf": [{"minimum": 5}]}, 1, [("minimum", "$")]),
        ({"properties": {"a": False}}, {"a": 1}, [("false", "$.a")]),
        ({"type": "object"}, {"anything": 1}, []),
    ],
)  # fmt: skip
def test__violations__of_a_value__stand_at_their_places(schema: Any, value: Any, expected: Any) -> None:
    assert broken(schema, value) == expected


@pytest.mark.parametrize(("mark", "direction"), [("readOnly", "request"), ("writeOnly", "response")])
def test__violations__of_members_that_do_not_travel_this_way__are_none(mark: str, direction: Direction) -> None:
    schema = {"properties": {"a": {mark: True}, "b": {}}, "required": ["a", "b"]}
    assert broken(schema, {}, direction) == [("required", "$.b")]
