from __future__ import annotations

from typing import Any

import pytest

from harness.declared.validators import Validators
from tests.declared.apis import api, operation


def accepts(schema: Any, value: Any, **components: Any) -> bool:
    declared = api({"/u": {"get": operation(answer=schema)}}, components={"schemas": components})
    [one] = declared.operations.values()
    return Validators(declared).accepts(one.responses["200"].content["application/json"], value)


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"type": "number", "multipleOf": 0.01}, 19.99, True),
        ({"type": "number", "multipleOf": 0.01}, 19.999, False),
        ({"multipleOf": 3}, 10**30, False),
        ({"multipleOf": 0.1}, float("inf"), True),
        ({"type": "integer"}, 1.0, True),
        ({"pattern": r"\p{Lu}+"}, "x", True),
        ({"patternProperties": {r"\p{Lu}+": False}}, {"X": 1}, True),
        ({"unevaluatedProperties": False, "allOf": [{"$ref": "#/components/schemas/base"}]}, {"a": 1}, True),
        ({"unevaluatedProperties": False, "allOf": [{"$ref": "#/components/schemas/base"}]}, {"b": 1}, False),
        ({"$ref": "#/components/schemas/tree"}, {"in": {"in": {"n": "x"}}}, False),
        ({"$ref": "#/components/schemas/tree"}, {"in": {"in": {"n": 1}}}, True),
    ],
)
def test__accepts__what_a_schema_allows__by_the_letter(schema: Any, value: Any, expected: bool) -> None:
    tree = {"properties": {"in": {"$ref": "#/components/schemas/tree"}, "n": {"type": "integer"}}}
    assert accepts(schema, value, base={"properties": {"a": {}}}, tree=tree) is expected


def test__of__a_schema__is_made_once() -> None:
    declared = api({"/u": {"get": operation(answer={"type": "object"})}})
    [one] = declared.operations.values()
    schema, validators = one.responses["200"].content["application/json"], Validators(declared)
    assert validators.of(schema) is validators.of(schema)
