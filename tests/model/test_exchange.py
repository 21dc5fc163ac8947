from __future__ import annotations

import pytest

from harness.model.exchange import Request, Response, header


@pytest.mark.parametrize(
    ("url", "path", "query_string", "query"),
    [
        ("http://a.example", "/", "", ()),
        (
            "http://a.example/x%2Fy?a=1&a=2&b=&c#d",
            "/x%2Fy",
            "a=1&a=2&b=&c",
            (("a", "1"), ("a", "2"), ("b", ""), ("c", "")),
        ),
        ("http://a.example/?q=%26+%C3%A4", "/", "q=%26+%C3%A4", (("q", "& ä"),)),
    ],
)
def test__request__its_url__has_a_path_as_sent_and_a_query_decoded(
    url: str, path: str, query_string: str, query: tuple[tuple[str, str], ...]
) -> None:
    request = Request("GET", url)
    assert (request.path, request.query_string, request.query) == (path, query_string, query)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [((), ""), ((("Content-Type", "Application/JSON; charset=utf-8"), ("content-type", "x")), "application/json")],
)
def test__response__content_type__is_the_bare_media_type(headers: tuple[tuple[str, str], ...], expected: str) -> None:
    assert Response(200, headers).content_type == expected


def test__header__by_name__is_the_first_in_any_letter_case() -> None:
    headers = (("a", "1"), ("ETAG", "2"), ("etag", "3"))
    assert (header(headers, "ETag"), header(headers, "x")) == ("2", None)
