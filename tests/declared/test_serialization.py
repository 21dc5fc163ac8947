from __future__ import annotations

from typing import Any

import pytest

from harness.declared.serialization import cookies_of, from_pairs, from_text, pairs_of


@pytest.mark.parametrize(
    ("style", "explode", "kind", "query", "expected"),
    [
        ("form", True, "scalar", "q=a%20b+c", ["a b c"]),
        ("form", True, "scalar", "x=1", []),
        ("form", True, "array", "q=1&x=2&q=3", [["1", "3"]]),
        ("form", False, "array", "q=1,2", [["1", "2"]]),
        ("form", False, "array", "q=a%2Cb,c", [["a,b", "c"], ["a", "b", "c"]]),
        ("spaceDelimited", False, "array", "q=1%202", [["1 2"], ["1", "2"]]),
        ("spaceDelimited", False, "array", "q=1+2", [["1", "2"]]),
        ("pipeDelimited", False, "array", "q=1|2", [["1", "2"]]),
        ("form", False, "object", "q=R,100,G,200", [{"R": "100", "G": "200"}]),
        ("form", True, "object", "R=100&x=1", [{"R": "100"}]),
        ("deepObject", True, "object", "q[a]=1&q[b][c]=2&x=3", [{"a": "1", "b": {"c": "2"}}]),
        ("deepObject", True, "object", "q[a][]=1&q[a][]=2", [{"a": ["1", "2"]}]),
        ("deepObject", True, "object", "q[a]=1&q[a][b]=2", [{"a": "1"}]),
    ],
)
def test__from_pairs__of_each_style__is_what_was_meant(
    style: str, explode: bool, kind: str, query: str, expected: Any
) -> None:
    assert list(from_pairs("q", style, explode, kind, pairs_of(query), ["R"])) == expected


@pytest.mark.parametrize(
    ("style", "explode", "kind", "text", "expected"),
    [
        ("simple", False, "scalar", "a%2Fb+c", ["a/b+c"]),
        ("simple", False, "array", "1,2", [["1", "2"]]),
        ("simple", False, "object", "R,100", [{"R": "100"}]),
        ("simple", True, "object", "R=100,G=2", [{"R": "100", "G": "2"}]),
        ("label", False, "scalar", ".5", ["5"]),
        ("label", False, "array", ".3,4", [["3", "4"]]),
        ("label", True, "array", ".3.4", [["3", "4"]]),
        ("matrix", False, "scalar", ";q=5", ["5"]),
        ("matrix", False, "array", ";q=3,4", [["3", "4"]]),
        ("matrix", True, "array", ";q=3;q=4", [["3", "4"]]),
        ("matrix", True, "object", ";R=100;G=2", [{"R": "100", "G": "2"}]),
    ],
)
def test__from_text__of_each_style__is_what_was_meant(
    style: str, explode: bool, kind: str, text: str, expected: Any
) -> None:
    assert list(from_text("q", style, explode, kind, text)) == expected


def test__cookies_of__a_header__are_its_pairs() -> None:
    assert cookies_of("a=1; b=x=y;; c") == [("a", "1"), ("b", "x=y"), ("c", "")]
    assert cookies_of(None) == []
