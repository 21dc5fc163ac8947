from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.redaction.symbols import has_checksum, is_replaced, other, replaced

FORMS = [
    ("aB3-xY9_k2Lm0Qz7", r"[a-z][A-Z][0-9]-[a-z][A-Z][0-9]_[a-z][0-9][A-Z][a-z][0-9][A-Z][a-z][0-9]"),
    ("00112233445566778899aabbccddeeff", r"[0-9a-f]{32}"),
    ("00112233445566778899AABBCCDDEEFF", r"[0-9A-F]{32}"),
    ("7c9e6679-7425-40de-944b-e07fc1f90ae7", r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}"),
    ("123456789012", r"[1-9][0-9]{11}"),
    ("012345678901", r"0[0-9]{11}"),
    ("dGhpcyBpcyBubyB0ZXh0IQ==", r"[A-Za-z0-9]{22}=="),
]


@pytest.mark.parametrize(("text", "pattern"), FORMS)
def test__replaced__a_text__keeps_its_form_and_is_known_again(text: str, pattern: str) -> None:
    made = replaced(text, b"seed")
    assert re.fullmatch(pattern, made)
    assert made != text
    assert (is_replaced(text), is_replaced(made)) == (False, True)


@pytest.mark.parametrize(
    ("text", "mask"), [("4821", "1111"), ("Abc1", "Xxx1"), ("", ""), ("--", "--"), ("0042", "0111")]
)
def test__replaced__a_text_with_few_symbols__is_a_mask(text: str, mask: str) -> None:
    assert not has_checksum(text)
    assert replaced(text, b"a") == replaced(text, b"b") == mask
    assert is_replaced(mask)


@pytest.mark.parametrize("text", ["pässwörterchen", "пароль-секрет", "秘密的口令在這裡"])
def test__replaced__letters_beyond_ascii__take_as_many_bytes(text: str) -> None:
    made = replaced(text, b"seed")
    assert made != text
    assert len(made.encode()) == len(text.encode())
    assert is_replaced(made)


@given(st.text(max_size=80), st.binary(min_size=1, max_size=8))
def test__replaced__any_text__has_as_many_characters_and_bytes(text: str, seed: bytes) -> None:
    made = replaced(text, seed)
    assert len(made) == len(text)
    assert len(made.encode("utf-8", "surrogatepass")) == len(text.encode("utf-8", "surrogatepass"))


def test__is_replaced__a_hundred_thousand_tokens_of_others__is_false() -> None:
    found = sum(is_replaced(f"{number:08d}secretly") for number in range(100_000))
    assert found == 0


def test__other__a_short_text__is_another_of_the_same_form() -> None:
    assert re.fullmatch(r"[A-Z][a-z]\.[a-z]{2}", other("Al.bo", b"seed"))
    assert len({other("al", bytes([seed])) for seed in range(20)}) > 10
