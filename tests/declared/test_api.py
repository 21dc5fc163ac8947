from __future__ import annotations

from typing import Any

import pytest

from harness.declared.api import Api, Schema

END: Schema = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "resolved"),
    [
        ({"$ref": "#/a"}, END),
        ({"$ref": "#/b"}, END),
        (END, END),
        (True, True),
        ({"properties": {"$ref": {}}}, {"properties": {"$ref": {}}}),
    ],
)
def test__resolve__of_a_schema__is_what_it_stands_for(schema: Any, resolved: Any) -> None:
    api = Api("x.yaml", "3.1.0", {}, references={"#/a": {"$ref": "#/b"}, "#/b": END})
    assert api.resolve(schema) == resolved


def test__resolve__of_one_reference__is_always_the_same_object() -> None:
    assert Api("x.yaml", "", {}, references={"#/b": END}).resolve({"$ref": "#/b"}) is END
