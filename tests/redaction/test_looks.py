from __future__ import annotations

import base64

import pytest

from harness.redaction.looks import (
    is_binary,
    is_no_word,
    is_ordinary,
    is_plain,
    looks_random,
    looks_secret,
    packed,
    unpacked,
)

RANDOM = ["gT7kQ2mZ9xLw4RbN8vYc1HsD", "k3jX9v0Qm-2LpR7_wZ5tYb8NcF1", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY"]
NOT_RANDOM = [
    "0123456789abcdef0123456789abcdef01234567",
    "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "2026-03-02T09:00:00.000+01:00",
    "AbstractSingletonProxyFactoryBean",
    "FiraSans-MediumItalic-ccf7e434.woff2",
    "sha512-0hYQ8SB4Db5zvZB4axdMHGwEaQjkZzFjQiN9LVYvIFB2nSUHW9tYp",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    "response-property-became-nullable-2",
    "user_123_profile_settings_v2_final",
    "react-dom@18.2.0/umd/react-dom.production.min.js",
    "17000000000000000000000000000000",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
]


@pytest.mark.parametrize("value", RANDOM[:2])
def test__looks_random__what_is__is_seen(value: str) -> None:
    assert looks_random(value)


@pytest.mark.parametrize("value", [each for each in NOT_RANDOM if not each.startswith("sha512")])
def test__looks_random__names_hashes_and_versions__are_not(value: str) -> None:
    assert not looks_random(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0123456789abcdef0123", True),
        ("7c9e6679-7425-40de-944b-e07fc1f90ae7", True),
        ("aB3dE5gH7jK9mN1p", True),
        (RANDOM[2], True),
        ("ctx_switches_rate_per_sec", False),
        ("CloseInstancePublicPorts", False),
        ("stdarch_neon_f16_impl", False),
        ("short1", False),
        ("has white space in it 123", False),
        ("https://a.b/cDeF1234567890", False),
    ],
)
def test__looks_secret__half_named__by_its_characters(value: str, expected: bool) -> None:
    assert looks_secret(value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *(
            (each, True)
            for each in ("", "true", "null", "****", "{{token}}", "${TOKEN}", "<token>", "Bearer", "[FILTERED]")
        ),
        *((each, True) for each in ("Password", "Forgot your password?", "API key", "Enter the access token:")),
        *((each, False) for each in ("hunter2", "letmein", "my secret garden", "p4ss", "token1")),
    ],
)
def test__is_plain__what_says_nothing(value: str, expected: bool) -> None:
    assert is_plain(value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *((each, True) for each in ("dark", "en-GB", "EUR", "42", "2026-03-02", "Europe/London", "1.2.3", "true")),
        *((each, False) for each in ("abc123def456", "0123456", "s%3Aabc", "aB3")),
    ],
)
def test__is_ordinary__what_cookies_hold_beside_secrets(value: str, expected: bool) -> None:
    assert is_ordinary(value) is expected


@pytest.mark.parametrize(
    ("value", "expected"), [("authentication", False), ("abc1", True), ("aGVsbG8=", True), ("WebSocket", False)]
)
def test__is_no_word__by_digits_and_capitals(value: str, expected: bool) -> None:
    assert is_no_word(value) is expected


@pytest.mark.parametrize("text", ['{"a": "hello"}', "user:password", "grüße aus Köln", "three lines\nof\ttext"])
def test__unpacked__base64_of_a_text__is_the_text(text: str) -> None:
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        value = encode(text.encode()).decode()
        assert unpacked(value) == text
        assert packed(text, value) == value
        assert unpacked(value.rstrip("=")) == text
        assert packed(text, value.rstrip("=")) == value.rstrip("=")


@pytest.mark.parametrize("value", ["gT7kQ2mZ9xLw4RbN8vYc1HsD", "aGVsbG8=", "not base64 at all", "abcde"])
def test__unpacked__anything_else__is_none(value: str) -> None:
    assert unpacked(value) is None


def test__is_binary__a_picture_or_an_archive__says_so() -> None:
    assert is_binary(base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 20).decode())
    assert is_binary("H4sIAAAAAAAAA+3UsQrCMBRA")
    assert not is_binary("gT7kQ2mZ9xLw4RbN8vYc1HsD")
