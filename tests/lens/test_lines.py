from __future__ import annotations

import pytest

from harness.lens.lines import is_kept, is_sendable


@pytest.mark.parametrize(
    ("text", "sendable", "kept"),
    [
        *(("", True, True), ("a\tb é 日 \u2028", True, True), ("x" * 8000, True, True)),
        *((" a", True, False), ("a\t", True, False), ("\u00a0a", True, True)),
        *((text, False, False) for text in ("a\nb", "\r", "\0", "\x7f", "\x1f", "\ud800", "x" * 8001)),
    ],
)
def test__header__of_a_text__can_be_sent_and_arrives_as_it_is(text: str, sendable: bool, kept: bool) -> None:
    assert is_sendable(text) is sendable
    assert is_kept(text) is kept
