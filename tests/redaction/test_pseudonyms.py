from __future__ import annotations

import json
import re

import pytest

from harness.redaction.numbers import is_card, is_iban
from harness.redaction.pseudonyms import Pseudonyms, decoded_part, is_pseudonym
from tests.redaction.planted import Garden

KEY, OTHER = b"k" * 32, b"o" * 32
VALUES = [
    "hunter22",
    "correct horse battery staple",
    "jane.doe@example.com",
    "4111 1111 1111 1111",
    "DE89 3704 0044 0532 0130 00",
    "+49 151 23456789",
    "ghp_abcdefghijABCDEFGHIJ0123456789abcd",
    "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "0123456789abcdef0123456789abcdef",
    "4821",
    "a@b.co",
    Garden().jwt(),
]


@pytest.mark.parametrize("value", VALUES)
def test__of__a_value__is_the_same_with_the_key_and_stays_as_it_is(value: str) -> None:
    made = Pseudonyms(KEY).of(value)
    assert made != value
    assert Pseudonyms(KEY).of(value) == made
    assert Pseudonyms(KEY).of(made) == Pseudonyms(OTHER).of(made) == made
    assert is_pseudonym(made)


@pytest.mark.parametrize("value", [each for each in VALUES if each != "4821"])
def test__of__a_value__depends_on_the_key(value: str) -> None:
    assert Pseudonyms(KEY).of(value) != Pseudonyms(OTHER).of(value)


@pytest.mark.parametrize("value", VALUES[:-2])
def test__of__a_value__has_its_length(value: str) -> None:
    assert len(Pseudonyms(KEY).of(value)) == len(value)


def test__of__special_numbers_and_addresses__are_still_valid() -> None:
    of = Pseudonyms(KEY).of
    card = of("4111 1111 1111 1111")
    assert is_card(card)
    assert re.fullmatch(r"4\d{3} \d{4} \d{4} \d{4}", card)
    assert is_iban(of("DE89 3704 0044 0532 0130 00"))
    assert of("DE89370400440532013000").startswith("DE")
    assert re.fullmatch(r"[a-z]{4}\.[a-z]{3}@[a-z]{6}\.test", of("jane.doe@example.com"))
    assert of("jane@example.com").partition("@")[2] == of("john@example.com").partition("@")[2]
    assert re.fullmatch(r"\+49 \d{3} \d{8}", of("+49 151 23456789"))
    assert of("ghp_abcdefghijABCDEFGHIJ0123456789abcd").startswith("ghp_")


def test__of__a_jwt__is_one_with_its_times_and_without_its_claims() -> None:
    value = Garden().jwt()
    head, payload, _ = Pseudonyms(KEY).of(value).split(".")
    was, now = decoded_part(value.split(".")[1]), decoded_part(payload)
    assert head == value.split(".")[0]
    assert {name for name in was if now[name] == was[name]} == {"iss", "iat", "exp"}
    assert now["sub"].endswith(".test")
    assert json.dumps(now).count("@") == 1


@pytest.mark.parametrize(
    "values",
    [
        [f"token-{number:09d}" for number in range(100_000)],
        [f"user{number}@shop.example" for number in range(100_000)],
        [f"+49 151 {number:08d}" for number in range(100_000)],
        [f"{number:032x}" for number in range(100_000)],
    ],
    ids=["tokens", "addresses", "phones", "hexadecimal"],
)
@pytest.mark.slow
def test__of__a_hundred_thousand_values__merges_no_two(values: list[str]) -> None:
    pseudonyms = Pseudonyms(KEY)
    assert len({pseudonyms.of(value) for value in values}) == len(values)


def test__of__values_of_which_few_forms_are_left__still_ends() -> None:
    pseudonyms = Pseudonyms(KEY)
    made = {pseudonyms.of(f"{letter}@x.de") for letter in "abcdefghijklmnopqrstuvwxyz"}
    assert len(made) > 20
