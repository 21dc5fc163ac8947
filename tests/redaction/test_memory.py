from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from harness.redaction.memory import Memory, is_telling


def knowing(**secrets: str) -> Memory:
    memory = Memory()
    for secret, pseudonym in secrets.items():
        memory.remember(secret, pseudonym)
    return memory


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("got abc123def456 back", "got xyz987uvw654 back"),
        ("/a/abc123def456/b", "/a/xyz987uvw654/b"),
        ("[abc123def456,abc123def456]", "[xyz987uvw654,xyz987uvw654]"),
        ("1abc123def456", "1abc123def456"),  # a part of another word
        ("abc123def4567", "abc123def4567"),
        ("nothing here", "nothing here"),
        ('is "abc123de…, on old', 'is "xyz987uv…, on old'),
        ("an abc123xx… and abc1…", "an abc123xx… and abc1…"),
    ],
)
def test__replaced__a_secret_that_stands_whole__is(text: str, expected: str) -> None:
    assert knowing(abc123def456="xyz987uvw654").replaced(text) == expected


def test__replaced__a_secret_written_otherwise__is() -> None:
    secret, pseudonym = 'p&"ss wörd/1', 'q&"tt xàrd/2'
    memory = Memory()
    memory.remember(secret, pseudonym)
    for write in (lambda text: quote(text, safe=""), quote, lambda text: json.dumps(text, ensure_ascii=False), str):
        assert memory.replaced(f"a {write(secret)} b") == f"a {write(pseudonym)} b"


def test__replaced__one_secret_in_another__takes_the_longer() -> None:
    memory = knowing(**{"abc123def": "AAA111AAA", "abc123def-xyz": "BBB222BBB-BBB"})
    assert memory.replaced("abc123def-xyz abc123def") == "BBB222BBB-BBB AAA111AAA"


@pytest.mark.parametrize(
    ("secret", "expected"),
    [
        *((each, True) for each in ("hunter22", "aB3-xY9!", "correcthorsebatterystaple", "123456789012", "7-pässe-ä")),
        *(
            (each, False)
            for each in ("admin", "1234", "password", "12345678", "2026-03-02", "administrator", "Europe/London")
        ),
    ],
)
def test__is_telling__what_may_stand_elsewhere_by_chance__is_not(secret: str, expected: bool) -> None:
    assert is_telling(secret) is expected
