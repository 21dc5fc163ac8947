from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from harness.declared.yaml_values import YAML_LIMIT, from_yaml
from harness.model.errors import BadFile
from harness.model.json_text import Json

FILE = Path("api.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nb: [x, 2.5, true, null, ~]", {"a": 1, "b": ["x", 2.5, True, None, None]}),
        ("enum: [no, on, y, 12:30, 010, 1_000]", {"enum": ["no", "on", "y", "12:30", 10, "1_000"]}),
        ("200: ok\n'404': no", {"200": "ok", "404": "no"}),
        ("a: '1'\nb: !!str 1\nc: |\n  x\n", {"a": "1", "b": "1", "c": "x\n"}),
        (
            "a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\nf: {<<: *x, b: 3}",
            {"a": {"b": 1}, "c": {"b": 1}, "d": {"b": 1, "e": 2}, "f": {"b": 3}},
        ),
        ("{a: 1, b: [c]}", {"a": 1, "b": ["c"]}),
        ("0x1F", 31),
        ("", None),
    ],
)
def test__from_yaml__of_a_text__has_the_values_of_yaml_1_2(text: str, value: Json) -> None:
    assert from_yaml(text.encode(), FILE) == value


def test__from_yaml__of_a_billion_laughs__is_refused_at_once() -> None:
    names = "abcdefghij"
    lines = [f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise(names)]
    with pytest.raises(BadFile, match="its aliases expanded"):
        from_yaml("\n".join([f"a: &a [{', '.join('x' * 9)}]", *lines]).encode(), FILE)


def test__from_yaml__of_more_than_the_limit__is_refused_at_once() -> None:
    with pytest.raises(BadFile, match="split the document"):
        from_yaml(b" " * (YAML_LIMIT + 1), FILE)
