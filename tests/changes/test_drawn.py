from __future__ import annotations

import pytest

from harness.changes.drawn import drawn_apart, looks_drawn


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        (b"kX9tPq2LmZ4w", True),
        (b"82a28245-63bc-4a35-aed9-d2f01448db11", True),
        (b"a316b095.2f23b", True),
        (b"fce8837f.07861", True),
        (b"1234567.8901", False),
        (b"facade.decade", False),
        (b"3-8a6d5eff9bee247f", True),
        (b"products", False),
        (b"version2", False),
        (b"abc", False),
        (b"a316b095 2f23b", False),
    ],
)
def test__looks_drawn__is_no_word(text: bytes, drawn: bool) -> None:
    assert looks_drawn(text) is drawn


@pytest.mark.parametrize(
    ("one", "its", "apart"),
    [
        ("3-8a6d5eff9bee247f", "3-d9a173b1d96ee37c", True),
        ("3-8a6d5eff9bee247f", "3-8a6d5eff9bee2470", False),  # two versions of one name
        ("e18db471.0ad128", "a316b095.2f23b", True),
        ("65f068d.243ca98", "fce8837f.07861", True),
        ("82a28245-63bc-4a35-aed9-d2f01448db11", "kX9tPq2LmZ4w", False),  # of another length
        ("articles1", "articles2", False),
    ],
)
def test__drawn_apart__are_two_runs_names_for_one_thing(one: str, its: str, apart: bool) -> None:
    assert drawn_apart(one, its) is apart
