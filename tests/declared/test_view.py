from __future__ import annotations

from typing import Any

import pytest

from harness.declared.view import View
from harness.declared.views import Views

TEXT = {"type": "string"}


def view(schema: Any) -> View:
    return Views(lambda each: each).of(schema)


@pytest.mark.parametrize(
    ("schema", "open_"),
    [
        ({}, True),
        (True, True),
        ({"description": "x", "deprecated": True}, True),
        ({"minLength": 1}, False),
        (TEXT, False),
        ({"not": TEXT}, False),
    ],
)
def test__open__of_a_schema__tells_whether_anything_will_do(schema: Any, open_: bool) -> None:
    assert view(schema).open == open_


@pytest.mark.parametrize(
    ("schema", "values"),
    [({}, None), ({"const": 1}, (1,)), ({"enum": ["a", None]}, ("a",)), ({"enum": ["a", "b"], "const": "a"}, ("a",))],
)
def test__values__of_a_schema__are_those_that_are_listed(schema: Any, values: tuple[Any, ...] | None) -> None:
    assert view(schema).values == values


def test__may_be__a_type__where_it_is_allowed_or_nothing_is_said() -> None:
    assert view(TEXT).may_be("string")
    assert not view(TEXT).may_be("array")
    assert view({}).may_be("array")
