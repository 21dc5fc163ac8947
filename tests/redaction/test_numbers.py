from __future__ import annotations

import pytest

from harness.redaction.numbers import iban_check, is_card, is_iban, luhn, regrouped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4111111111111111", True),
        ("4111 1111 1111 1111", True),
        ("5555-5555-5555-4444", True),
        ("378282246310005", True),
        ("30569309025904", True),
        ("4111111111111112", False),
        ("1700000000000000", False),  # microseconds since 1970
        ("411111111111111", False),
        ("not a card", False),
    ],
)
def test__is_card__by_issuer_length_and_check_digit(text: str, expected: bool) -> None:
    assert is_card(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DE89370400440532013000", True),
        ("GB82 WEST 1234 5698 7654 32", True),
        ("DE89370400440532013001", False),
        ("AB12", False),
        ("HTTP12ABCDEFGHIJ", False),
    ],
)
def test__is_iban__by_its_check_digits(text: str, expected: bool) -> None:
    assert is_iban(text) is expected


def test__check_digits__are_those_of_the_standards() -> None:
    assert luhn("7992739871") == "3"
    assert iban_check("DE", "370400440532013000") == "89"


def test__regrouped__digits__stand_as_those_before_them() -> None:
    assert regrouped("12345678", "0000 00-00") == "1234 56-78"
