from __future__ import annotations

import re

import pytest

from harness.redaction.rules import By
from tests.redaction.redactors import add, keep, messages


@pytest.mark.parametrize(
    ("name", "value", "pattern"),
    [
        ("password", "hunter22", r"[a-z]{6}\d\d"),
        ("password", "Password", None),
        ("token", "Bearer hunter22", r"Bearer [a-z]{6}\d\d"),
        ("Cookie", "sid=hunter22; theme=dark", r"sid=[a-z]{6}\d\d; theme=dark"),
        ("webhook_secret", "https://host/a", None),
        ("key", "name", None),
        ("key", "0123456789abcdef", r"[0-9a-f]{16}"),
        ("phone", "030 1234567", r"\d{3} \d{7}"),
        ("phone", "none", None),
        ("card_number", "4111 1111 1111 1111", r"41\d\d \d{4} \d{4} \d{4}"),
        ("title", "hunter22", None),
    ],
)
def test__by_name__a_value__is_hidden_as_its_name_demands(name: str, value: str, pattern: str | None) -> None:
    for _ in range(2):  # a name that said nothing is remembered as one
        hidden = messages().values.texts.named.by_name(name, value)
        assert hidden is None if pattern is None else hidden != value and re.fullmatch(pattern, str(hidden))


def test__by_name__a_rule__goes_before() -> None:
    named = messages(add(By.NAME, "title"), keep(By.NAME, "password")).values.texts.named
    assert named.by_name("password", "hunter22") == "hunter22"
    assert named.by_name("title", "hunter22") not in (None, "hunter22")


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("a=b password=hunter22 c=d", r"a=b password=[a-z]{6}\d\d c=d"),
        ('href="/a?token=hunter22&amp;x=1"', r'href="/a\?token=[a-z]{6}\d\d&amp;x=1"'),
        ("?token=hunter22#top", r"\?token=[a-z]{6}\d\d#top"),
        ("token=next(stream)", r"token=next\(stream\)"),
        ('{"password": ""}', r'\{"password": ""\}'),
        ("password=letmein and more", "password=[a-z]{7} and more"),
        ("a=%7B%22pin%22%3A%22hunter22%22%7D", r"a=%7B%22pin%22%3A%22[a-z]{6}\d\d%22%7D"),
    ],
)
def test__redacted__a_text__loses_the_values_alone(text: str, pattern: str) -> None:
    redacted = "".join(messages().values.texts.named.redacted(text, False))
    assert re.fullmatch(pattern, redacted)
    assert not re.search("hunter22|letmein", redacted)


@pytest.mark.parametrize(
    "text", ["https://" * 40_000, "a=" * 40_000, "a='" * 40_000, "%41=" * 20_000, 'x="' + "y" * 300_000]
)
def test__redacted__a_hostile_text__takes_no_long_time(text: str) -> None:
    assert "".join(messages().values.texts.named.redacted(text, False))
