from __future__ import annotations

from typing import Any

import pytest

from harness.model.paths import parse_path
from harness.redaction.places import picked


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("$.a", {"a": "A", "b": [{"c": 1}, {"c": 2}], "m": {"x": 3}}),
        ("$.b[*].c", {"a": "n", "b": [{"c": "A"}, {"c": "A"}], "m": {"x": 3}}),
        ("$.b[-1]", {"a": "n", "b": [{"c": 1}, "A"], "m": {"x": 3}}),
        ("$.m.*", {"a": "n", "b": [{"c": 1}, {"c": 2}], "m": {"x": "A"}}),
        ("$.none.b", {"a": "n", "b": [{"c": 1}, {"c": 2}], "m": {"x": 3}}),
        ("$.b.c", {"a": "n", "b": [{"c": 1}, {"c": 2}], "m": {"x": 3}}),
        ("$", "A"),
    ],
)
def test__picked__a_path__changes_that_place_alone(path: str, expected: Any) -> None:
    value = {"a": "n", "b": [{"c": 1}, {"c": 2}], "m": {"x": 3}}
    assert picked(value, value, parse_path(path), lambda _: "A") == expected
