from __future__ import annotations

import re

import pytest

from tests.redaction.redactors import messages

H = r"[a-z]{6}\d\d"


@pytest.mark.parametrize(
    ("url", "pattern"),
    [
        ("http://host/a?token=hunter22&x=%20y", rf"http://host/a\?token={H}&x=%20y"),
        ("http://operator:hunter22@host:80/a", rf"http://[a-z]{{8}}:{H}@host:80/a"),
        ("/reset/hunter22-a1b2c3d4e5/x", r"/reset/[a-z]{6}\d\d-(?:[a-z]\d){5}/x"),
        ("/token/hunter22", rf"/token/{H}"),
        ("http://host/a;jsessionid=hunter22?x=1", rf"http://host/a;jsessionid={H}\?x=1"),
        ("http://host/#access_token=hunter22&state=a", rf"http://host/#access_token={H}&state=a"),
        ("http://host/users/jane%40example.com", r"http://host/users/[a-z]{4}%40[a-z]{6}\.test"),
        ("http://host/?q=%7B%22secret%22%3A%22hunter22%22%7D", rf"http://host/\?q=%7B%22secret%22%3A%22{H}%22%7D"),
        ("http://host/?next=%2Fin%3Ftoken%3Dhunter22", rf"http://host/\?next=%2Fin%3Ftoken%3D{H}"),
        ("http://host/?password=hunter22+x&a", rf"http://host/\?password={H}\+[a-z]&a"),
        ("://operator:hunter22@host/", rf"://[a-z]{{8}}:{H}@host/"),
        ("token=hunter22", rf"token={H}"),
    ],
)
def test__redact__a_url__keeps_its_form(url: str, pattern: str) -> None:
    redacted = messages().urls.redact(url)
    assert re.fullmatch(pattern, redacted)
    assert "hunter22" not in redacted


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8001/a/b.json?_size=3&_shape=objects#x",
        "/articles/7c9e6679-7425-40de-944b-e07fc1f90ae7/comments?page=2&q=a%2Fb+c&empty=&flag",
        "http://host/static/main.8f3d2c1a.js?v=0123456789abcdef",
        "http://[::1]:80/%zz?%",
        "",
    ],
)
def test__redact__a_url_without_secrets__is_left_alone(url: str) -> None:
    assert messages().urls.redact(url) == url


def test__pairs__of_a_form__are_redacted_by_their_names() -> None:
    assert re.fullmatch(
        rf"user=ana&password={H}&otp=\d{{10}}&b", messages().urls.pairs("user=ana&password=hunter22&otp=1234567890&b")
    )
