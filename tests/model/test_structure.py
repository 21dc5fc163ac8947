from __future__ import annotations

import json

import pytest
from hypothesis import given

from harness.model.json_text import Json, serialize
from harness.model.structure import is_deeper, member_count, outside_strings
from tests.model.json_values import VALUES

DEEP = 5


def depth(value: Json) -> int:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inside is None else 1 + max(map(depth, inside), default=0)


def members(value: Json) -> int:
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return (len(value) if isinstance(value, dict) else 0) + sum(map(members, inside))


@given(VALUES)
def test__structure__of_any_value__is_what_a_walk_over_it_finds(value: Json) -> None:
    for text in (serialize(value), json.dumps(json.loads(serialize(value)), indent=1).encode()):
        assert member_count(text) == members(value)
        assert is_deeper(text, depth(value)) is False
        assert is_deeper(text, depth(value) - 1) is (depth(value) > 0)


@pytest.mark.parametrize(
    ("text", "deeper", "count"),
    [
        ("[[[[[1]]]]]", False, 0),
        ("[[[[[[1]]]]]]", True, 0),
        ('[{"a": [{"b": [[]]}]}]', True, 2),
        ('["[[[[[[", "]", ":", "{"]', False, 0),
        (r'{"a\\": "\\\":", "\":{": 1, "b\\\\": {"c": ":"}}', False, 4),
        ('{"a": 1, "a": 2, "\\u0061": 3}', False, 3),
        ("[],[],[],[],[],[]", False, 0),
        ("[" * 6, True, 0),
        ("]" * 6 + "[" * 5, False, 0),
    ],
)
def test__structure__of_a_text__sees_what_stands_outside_its_strings(text: str, deeper: bool, count: int) -> None:
    assert is_deeper(text.encode(), DEEP) is deeper
    assert member_count(text.encode()) == count


@pytest.mark.parametrize(
    ("text", "outside"),
    [(rb'{"a":"b"}', b"{:}"), (rb'["\"[", "\\", 1]', b"[, , 1]"), (rb'"\\\""', b""), (b"[1]", b"[1]")],
)
def test__outside_strings__of_a_text__are_its_other_characters(text: bytes, outside: bytes) -> None:
    assert outside_strings(text) == outside
