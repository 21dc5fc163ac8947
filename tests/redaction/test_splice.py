from __future__ import annotations

import json
from typing import Any

import pytest

from harness.redaction.splice import spliced


@pytest.mark.parametrize(
    ("text", "new", "expected"),
    [
        ('{"a":"x","b":1.50}', {"a": "y", "b": 1.5}, '{"a":"y","b":1.50}'),
        ('{ "a" : "x",\n  "b": [1, "x"] }', {"a": "y", "b": [1, "x"]}, '{ "a" : "y",\n  "b": [1, "x"] }'),
        ('{"k": {"x": null}}', {"k2": {"x": None}}, '{"k2": {"x": null}}'),
        ('["a\\u00e4", "\\/b"]', ["aö", "/c"], '["a\\u00f6", "\\/c"]'),
        ("[12, true]", [13, True], "[13, true]"),
        ('{"a": "\\"x:,"}', {"a": '"y:,'}, '{"a": "\\"y:,"}'),
        ('{"a": 1, "a": "x"}', {"a": "y"}, '{"a":"y"}'),  # a name that stands twice
    ],
)
def test__spliced__other_values__leaves_the_rest_as_it_was_written(text: str, new: Any, expected: str) -> None:
    assert spliced(text, json.loads(text), new) == expected
