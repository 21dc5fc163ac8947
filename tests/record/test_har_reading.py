from __future__ import annotations

from typing import Any

import pytest

from harness.model.exchange import Exchange, Request, Response
from harness.record.har_reading import NO_ANSWER, MalformedEntry, read_entry


def entry(**changes: Any) -> dict[str, Any]:
    request = {"method": "GET", "url": "http://a/b", "headers": [{"name": "Accept", "value": "*/*"}]}
    return {"request": request, "response": {"status": 200, "headers": [], "content": {"text": "{}"}}, **changes}


def test__read__the_least_that_a_har_may_hold__is_an_exchange() -> None:
    assert read_entry(entry()) == Exchange(
        Request("GET", "http://a/b", (("Accept", "*/*"),)), Response(200, (), b"{}"), meta={}
    )


@pytest.mark.parametrize(
    ("response", "error"),
    [
        ({"status": 0}, NO_ANSWER),
        ({"status": 0, "_error": "net::ERR_CONNECTION_REFUSED"}, "net::ERR_CONNECTION_REFUSED"),
        ({"status": -1, "_failureText": "x"}, NO_ANSWER),
        ({}, NO_ANSWER),
        (None, NO_ANSWER),
    ],
)
def test__read__without_an_answer__has_no_response_and_says_why(response: Any, error: str) -> None:
    exchange = read_entry(entry(response=response))
    assert (exchange.response, exchange.error) == (None, error)


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ({"text": "w6k=", "encoding": "base64"}, "é".encode()),
        ({"text": "é", "mimeType": "text/plain; charset=ISO-8859-1"}, b"\xe9"),
        ({"text": "é", "mimeType": "text/plain"}, "é".encode()),
        ({"text": ""}, b""),
        ({}, b""),
    ],
)
def test__read__a_body__is_the_bytes_that_were_sent(content: dict[str, str], body: bytes) -> None:
    response = read_entry(entry(response={"status": 200, "content": content})).response
    assert response is not None
    assert response.body == body


@pytest.mark.parametrize(
    ("data", "body", "note"),
    [
        ({"text": "a=b", "mimeType": "x"}, b"a=b", None),
        ({"params": [{"name": "a", "value": "b c"}, {"name": "a"}]}, b"a=b+c&a=", None),
        ({"text": "iQ==", "_encoding": "base64"}, b"\x89", None),
        ({"mimeType": "multipart/form-data; boundary=x", "params": [{"name": "a"}]}, b"", "the request body is not"),
        (None, b"", None),
    ],
)
def test__read__what_was_posted__is_the_request_body(data: Any, body: bytes, note: str | None) -> None:
    request = {"method": "POST", "url": "http://a/", "postData": data}
    exchange = read_entry(entry(request=request))
    assert exchange.request.body == body
    assert exchange.meta.get("note", "").startswith(note or "")
    assert ("note" in exchange.meta) is bool(note)


def test__read__a_body_that_the_browser_did_not_save__is_noted() -> None:
    exchange = read_entry(entry(response={"status": 200, "content": {"size": 7}}))
    assert exchange.meta == {"note": "the response body is not in the HAR"}


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        ([], "not an object"),
        (entry(request=None), "request is missing"),
        (entry(request=3), "request is not an object"),
        (entry(request={"url": "http://a/"}), "method is missing"),
        (entry(request={"method": "GET", "url": 3}), "url is not text"),
        (entry(request={"method": "GET", "url": "http://a/", "headers": {"a": "b"}}), "headers is not a list"),
        (entry(response={"status": "200"}), "status is not a number"),
        (entry(response={"status": 200, "content": {"text": "%", "encoding": "base64"}}), "not base64"),
        (entry(response={"status": 200, "content": {"text": ["a"]}}), "text is not text"),
        (entry(_backfit={"id": 3}), "_backfit.id"),
    ],
)
def test__read__what_is_malformed__says_where(broken: Any, what: str) -> None:
    with pytest.raises(MalformedEntry, match=what):
        read_entry(broken)
