from __future__ import annotations

import pytest

from harness.redaction.formats import CARD, EMAIL, IBAN, JWT, PHONE, PRIVATE_KEY, is_marked_token, prefix_of


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", True),
        ("xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOHBrzqqgy", True),
        ("sk_live_4eC39HqLyjWDarjtT1zdp7dc", True),
        ("AKIAIOSFODNN7EXAMPLE", True),
        ("glpat-NXsXBRixLtPiyrciVbIS", True),
        ("123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc", True),
        ("AKIAIOSFODNN7EXAMPLES", False),
        ("ghp_short", False),
        ("sk-this-is-a-css-class-name", False),
        ("hf_hub_download_from_pretrained", False),
    ],
)
def test__is_marked_token__by_its_issuers_mark(token: str, expected: bool) -> None:
    assert is_marked_token(token) is expected


@pytest.mark.parametrize(
    ("text", "mark"), [("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "ghp_"), ("+49 151 23456789", "+49"), ("ghp_x", "")]
)
def test__prefix_of__a_text__is_what_stays(text: str, mark: str) -> None:
    assert prefix_of(text) == mark


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mail jane.doe+x@mail.example.com, please", ["jane.doe+x@mail.example.com"]),
        ("user@localhost a@b pkg@1.2.3 @scope/name", []),
        ("mailto:a@b.co?x", ["a@b.co"]),
    ],
)
def test__email__in_a_text__is_found(text: str, found: list[str]) -> None:
    assert [each[0] for each in EMAIL.finditer(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+49 151 23456789", True),
        ("+1-555-867-5309", True),
        ("+441632960961", True),
        ("+33 (0)1 23 45 67 89", True),
        ("(555) 867-5309", True),
        ("555-867-5309", True),
        ("2026-03-02", False),
        ("978-3-16-148410-0", False),
        ("+01:00", False),
        ("1.234.567.8901", False),
        ("192.168.100.200", False),
        ("537.36", False),
    ],
)
def test__phone__in_its_formats__is_found(text: str, found: bool) -> None:
    assert (PHONE.fullmatch(text) is not None) is found


def test__other_forms__in_a_text__are_found() -> None:
    assert CARD.findall("a 4111 1111 1111 1111 b 378282246310005") != []
    assert IBAN.findall("to DE89 3704 0044 0532 0130 00.") == ["DE89 3704 0044 0532 0130 00"]
    assert JWT.findall("x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln y") == ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"]
    assert PRIVATE_KEY.search("-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----") is not None
    assert PRIVATE_KEY.search("-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----") is None
