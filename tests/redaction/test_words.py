from __future__ import annotations

from harness.redaction.words import words


def test__words__of_a_text__are_apart_by_white_space() -> None:
    assert words(" a b-c\n a ") == {"a", "b-c"}
