from __future__ import annotations

import base64
import re

import pytest

from harness.redaction.credentials import cookies, credentials, has_scheme, header_lines, set_cookie, userinfo
from harness.redaction.rules import By
from tests.redaction.redactors import add, keep, messages

WHY = "a test"


@pytest.mark.parametrize(
    ("value", "pattern"),
    [
        ("Bearer abc123def456ghi7", r"Bearer [a-z]{3}\d{3}[a-z]{3}\d{3}[a-z]{3}\d"),
        ("Token token=abc123def456, x=1", r"Token token=[a-z]{3}\d{3}[a-z]{3}\d{3}, x=1"),
        (
            'Digest username="ana-12345678", realm="shop", uri="/a", qop=auth, response="0123456789abcdef0123456789abcdef"',
            r'Digest username="[a-z]{3}-\d{8}", realm="shop", uri="/a", qop=auth, response="[0-9a-f]{32}"',
        ),
        (
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/2026/eu/s3/x, SignedHeaders=host, Signature=abcd1234abcd1234",
            r"AWS4-HMAC-SHA256 Credential=AKIA[A-Z0-9]{16}/2026/eu/s3/x, SignedHeaders=host, Signature=[a-f0-9]{16}",
        ),
        ("abc123def456ghi7", r"[a-z]{3}\d{3}[a-z]{3}\d{3}[a-z]{3}\d"),
        ("Bearer", "Bearer"),
        ("SharedKey account:c2VjcmV0IHNlY3JldA==", r"SharedKey [a-z]{7}:[A-Za-z0-9]{18}=="),
    ],
)
def test__credentials__of_a_scheme__stay_such_credentials(value: str, pattern: str) -> None:
    redacted = credentials(value, messages().hiding, WHY)
    assert re.fullmatch(pattern, redacted)
    assert redacted != value or " " not in value


def test__credentials__basic__are_a_user_and_a_password_again() -> None:
    value = "Basic " + base64.b64encode(b"operator:hunter22:x").decode()
    redacted = base64.b64decode(credentials(value, messages().hiding, WHY).removeprefix("Basic ")).decode()
    assert re.fullmatch(r"[a-z]{8}:[a-z]{6}\d\d:[a-z]", redacted)
    assert redacted != "operator:hunter22:x"


def test__cookies__each__keep_their_names_and_what_is_plain() -> None:
    value = 'theme=dark; sid=abc123def456; lang=en-GB; tz=Europe%2FLondon; auth="s%3Aabc123xyz"; token=letmein'
    pattern = r"theme=dark; sid=[a-z]{3}\d{3}[a-z]{3}\d{3}; lang=en-GB; tz=Europe%2FLondon; "
    pattern += r'auth="[a-z]%3A[a-z]{3}\d{3}[a-z]{3}"; token=[a-z]{7}'
    redacted = cookies(value, messages().hiding, WHY)
    assert re.fullmatch(pattern, redacted)
    assert redacted.count("abc123") == redacted.count("letmein") == 0


def test__set_cookie__attributes__stay() -> None:
    value = "sid=abc123def456; Path=/a; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly; SameSite=Lax"
    redacted = set_cookie(value, messages().hiding, WHY)
    assert "abc123def456" not in redacted
    assert redacted.partition(";")[2] == value.partition(";")[2]


def test__cookies__rules__go_before() -> None:
    hiding = messages(add(By.NAME, "theme"), keep(By.NAME, "sid")).hiding
    redacted = cookies("theme=midnight-blue; sid=abc123def456", hiding, WHY)
    assert redacted.endswith("; sid=abc123def456")
    assert "midnight" not in redacted


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Bearer x", True), ("basic YTpi", True), ("correct horse battery", False), ("Bearer", False)],
)
def test__has_scheme__only_known_ones(text: str, expected: bool) -> None:
    assert has_scheme(text) is expected


def test__userinfo__both_parts__are_hidden() -> None:
    assert re.fullmatch(r"[a-z]{8}:[a-z]{6}\d\d", userinfo("operator:hunter22", messages().hiding, WHY))


def test__header_lines__other_headers__are_left() -> None:
    text = "Host: a\nAuthorization: Bearer abc123def456\nAccept: */*\n"
    redacted = header_lines(text, messages().hiding)
    assert re.fullmatch(r"Host: a\nAuthorization: Bearer [a-z]{3}\d{3}[a-z]{3}\d{3}\nAccept: \*/\*\n", redacted)


@pytest.mark.parametrize(
    ("name", "value", "pattern"),
    [
        ("Cookie", "sid=abcd1234", r"sid=[a-z]{4}\d{4}"),
        ("set-cookie", "sid=abcd1234; Path=/", r"sid=[a-z]{4}\d{4}; Path=/"),
    ],
)
def test__header_lines__of_a_har_that_is_cut_off__are_known(name: str, value: str, pattern: str) -> None:
    redacted = header_lines(f'{{"name": "{name}", "value": "{value}"}}, {{"na', messages().hiding)
    assert re.fullmatch(rf'{{"name": "{name}", "value": "{pattern}"}}, {{"na', redacted)
    assert value not in redacted
