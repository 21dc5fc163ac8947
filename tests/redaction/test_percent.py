from __future__ import annotations

import pytest

from harness.redaction.percent import is_encoded, within


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a%20b", "A%20B"),
        ("a+b%2Fc", "A+B%2FC"),
        ("a%2Fb/c", "A/B/C"),
        ("a:b", "A:B"),
        ("%C3%A4", "%C3%84"),
        ("A%20B", "A%20B"),  # nothing changed: as it was
        ("a%zz", "A%ZZ"),
    ],
)
def test__within__an_encoded_text__is_encoded_again(raw: str, expected: str) -> None:
    assert within(raw, str.upper) == expected


@pytest.mark.parametrize(("text", "expected"), [("a%2fb", True), ("100%", False), ("%zz", False)])
def test__is_encoded__by_one_code(text: str, expected: bool) -> None:
    assert is_encoded(text) is expected
