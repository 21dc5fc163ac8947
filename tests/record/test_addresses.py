from __future__ import annotations

import pytest

from harness.record.addresses import asked_origin, begun_call, split_target


@pytest.mark.parametrize(
    ("raw", "origin", "target"),
    [
        ("/a?b#c", None, "/a?b#c"),
        ("//x/y", None, "//x/y"),
        ("/a?u=http://b/c", None, "/a?u=http://b/c"),
        ("http://e.test/a%2F?b", "http://e.test", "/a%2F?b"),
        ("https://e.test:8/a|b[^", "https://e.test:8", "/a|b[^"),
        ("http://e.test", "http://e.test", "/"),
        ("http://e.test?a=/b", "http://e.test", "/?a=/b"),
        ("*", None, "/"),
        ("e.test:443", None, "/"),
        ("", None, "/"),
    ],
)
def test__split_target__of_any_request_line__is_origin_and_path(raw: str, origin: str | None, target: str) -> None:
    assert split_target(raw) == (origin, target)


@pytest.mark.parametrize(
    ("origin", "host", "asked"),
    [
        (None, "h:1", "http://h:1"),
        ("https://e.test", "h", "https://e.test"),
        ("https://e.test", None, "https://e.test"),
        (None, None, "http://own:1"),
        (None, "", "http://own:1"),
        (None, "[", "http://own:1"),
        (None, "h:99999", "http://own:1"),
        ("http://[", "h", "http://own:1"),
    ],
)
def test__asked_origin__is_always_one_that_urls_can_be_made_with(
    origin: str | None, host: str | None, asked: str
) -> None:
    assert asked_origin(origin, host, "http://own:1") == asked


@pytest.mark.parametrize(
    ("begun", "call"),
    [
        (b"POST /a?b HTTP/1.1\r\nHost: h:1\r\nX: y", ("POST", "http://h:1", "/a?b")),
        (b"GET http://e.test/a HTTP/1.0\n", ("GET", "http://e.test", "/a")),
        (b"GET /\xe9 HTTP/1.1\r\n", ("GET", "http://own:1", "/\xe9")),
        (b"GET /a\r\n", None),
        (b"\x16\x03\x01 / HTTP/1.1\r\n", None),
        (b"", None),
    ],
)
def test__begun_call__of_first_bytes__is_what_the_line_says(begun: bytes, call: tuple[str, str, str] | None) -> None:
    assert begun_call(begun, "http://own:1") == call
