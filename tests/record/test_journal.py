from __future__ import annotations

from pathlib import Path

import pytest

from harness.record.journal import anonymous, read_journal

URL = "http://127.0.0.1:4001"


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ('{"page": "a"}\n{"more": 1}\n{"page": "b"}\n', {"page": ["a", "b"], "more": [1]}),
        ('{"page": "a"}\n{"page": "b', {"page": ["a"]}),
        ('{"page": "http://127.0.0.1:4001/a"}\n', {"page": ["http://system.test/a"]}),
        (
            '7\nnull\n[]\nno JSON\n{"page": 5}\n{"returned": []}\n{"page_error": ["x"]}\n{"call": {"method": "GET"}}\n',
            {},
        ),
        ("[" * 100_000 + '\n{"page": "a"}\n', {"page": ["a"]}),
        (
            '{"screenshot": {"name": "a", "file": 5}}\n{"console_error": {"text": "x", "frames": [1], "target": ""}}\n',
            {},
        ),
        ("", {}),
        (None, {}),
    ],
)
def test__read__a_journal__is_all_that_was_told_whole(
    tmp_path: Path, text: str | None, events: dict[str, list[object]]
) -> None:
    if text is not None:
        (tmp_path / "j").write_text(text)
    assert read_journal(tmp_path / "j", URL) == events


def test__anonymous__an_address_in_any_writing__is_the_stand_in() -> None:
    text = "127.0.0.1:4001 and ?u=http%3A%2F%2F127.0.0.1%3A4001%2F but 127.0.0.1:400"
    assert anonymous(text, URL) == "system.test and ?u=http%3A%2F%2Fsystem.test%2F but 127.0.0.1:400"
