from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.redaction.redactor import Redactor
from harness.redaction.rules import By
from tests.redaction.redactors import KEY, add, keep, messages

SECRET = "hunter22-x"

HOLDING = [
    "user=ana&password={}&x=1",
    '{{"password": "{}"}}',
    "password: {}",
    "{{ password: '{}' }}",
    '{{\\"password\\": \\"{}\\"}}',
    "PASSWORD={}",
    'login failed: api_key="{}" is wrong',
    "Authorization: Bearer {}",
    "Authorization: {}",
    "curl -H 'Cookie: theme=dark; sid={}'",
    "Set-Cookie: session={}; Path=/",
    "a bearer {} in a text",
    "GET /a?filter=%7B%22token%22%3A%20%22{}%22%7D HTTP/1.1",
    "GET /a?next=%252Fin%253Faccess_token%253D{}&x=1",
    "see https://host/a?access_token={}#b",
    "/reset-password/{}/now",
    '<input type="hidden" name="csrf_token" value="{}">',
    "<input value='{}' type='password'>",
    '<meta name="csrf-token" content="{}">',
    '<div data-api-key="{}">',
    "<a href='/confirm?token={}&amp;x=1'>",
    "<ns:Password Type='text'>{}</ns:Password>",
    '<div data-x="{{&quot;secret&quot;:&quot;{}&quot;}}">',
]


@pytest.mark.parametrize("text", HOLDING)
def test__redact__a_secret_by_what_stands_before_it__and_nothing_else(text: str) -> None:
    redacted = messages().text(text.format(SECRET))
    assert SECRET not in redacted
    before, behind = text.format("\0").split("\0")
    assert (redacted.startswith(before), redacted.endswith(behind)) == (True, True)
    assert re.fullmatch(r"[a-z]{6}[0-9]{2}-[a-z]", redacted[len(before) : len(redacted) - len(behind)])


@pytest.mark.parametrize(
    "text",
    [
        "mail jane.doe@example.com",
        "call +49 151 23456789 now",
        "paid with 4111 1111 1111 1111 12/27",
        "paid with 4242424242424242",
        "to DE89 3704 0044 0532 0130 00",
        "key ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "note gT7kQ2mZ9xLw4RbN8vYc1HsD",
        "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJlIG9mIGl0",
        "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----",
        "amFuZTpodW50ZXIyMiBqYW5lLmRvZUBleGFtcGxlLmNvbQ==",
        "x=alice%40example.com",
    ],
)
def test__redact__a_secret_by_its_form__keeps_the_length(text: str) -> None:
    redacted = messages().text(text)
    assert redacted != text
    assert len(redacted) == len(text)
    assert Redactor(b"another key, of somebody else").text(redacted) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "commit 0123456789abcdef0123456789abcdef01234567 of 2026-03-02T09:00:00.123456+01:00",
        'etag: W/"5d8c72a5edda8d6a:3239", version 1.2.3-rc.1+build.5',
        "id 7c9e6679-7425-40de-944b-e07fc1f90ae7 and 17000000000000000",
        "user-agent Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
        "GET /api/v1/users/123/orders?page=2&limit=50&sort=-created_at HTTP/1.1 200 1234 0.003",
        "icon@2x.png, git@github.com:owner/repo.git, @scope/pkg@1.2.3",
        "<input type=password placeholder='Forgot your password?'><label for=password>Password</label>",
        "var token = next(stream); this.token=token; if (password === other.password) {}",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO",
        "sha512-0hYQ8SB4Db5zvZB4axdMHGwEaQjkZzFjQiN9LVYvIFB2nSUHW9tYp integrity",
        "the password is required, a token has expired, basic authentication",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
        "ISBN 978-3-16-148410-0, 192.168.100.200, 51.507351, -0.127758, 1,234,567.89",
        "static/js/main.8f3d2c1a.chunk.js, FiraSans-MediumItalic-ccf7e434.woff2",
        "M12.5 3480 2726 L 576 288 160 0 0 320",
        'max_tokens: 4096, "token_type": "bearer", "has_password": true, nextPageToken=2',
        "",
    ],
)
def test__redact__what_holds_no_secret__is_left_alone(text: str) -> None:
    assert messages().text(text) == text


def test__redact__a_token_without_a_name__is_left_where_the_place_holds_such_things() -> None:
    texts = messages().values.texts
    assert texts.redact("gT7kQ2mZ9xLw4RbN8vYc1HsD", guess=False) == "gT7kQ2mZ9xLw4RbN8vYc1HsD"


def test__redact__code__takes_names_less_seriously() -> None:
    texts = messages().values.texts
    assert texts.redact('{token:"punctuation"}', code=True) == '{token:"punctuation"}'
    assert texts.redact('{token:"hunter22"}', code=True) != '{token:"hunter22"}'


def test__redact__a_rules_pattern__is_found_in_any_text_and_kept_only_whole() -> None:
    made = messages(add(By.PATTERN, "EMP-[0-9]{8}"), keep(By.PATTERN, "EMP-0{8}"))
    assert re.fullmatch(r"a [A-Z]{3}-\d{8}, EMP-00000000", made.text("a EMP-12345678, EMP-00000000"))
    assert "12345678" not in made.text("a EMP-12345678")


FRAGMENTS = [
    *(text.format(SECRET) for text in HOLDING),
    *(
        "a@b.example",
        "4111 1111 1111 1111",
        "token=abc1",
        "pin: 1234",
        "+49 151 23456789",
        "/token/",
        "gT7kQ2mZ9xLw4RbN8vYc1HsD",
    ),
    *(
        " ",
        "\n",
        '"',
        "=",
        "&",
        "%2F",
        "http://",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl",
        "Basic YTpiMTIzNDU2Nzg=",
    ),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=10), max_size=8).map("\n".join))
def test__redact__twice__changes_nothing_more(text: str) -> None:
    redactor = Redactor(KEY)
    once = redactor.text(text)
    assert redactor.text(once) == once
