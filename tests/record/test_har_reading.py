from __future__ import annotations

import base64
import gzip
import zlib
from collections.abc import Callable
from typing import Any

import brotli
import pytest
import zstandard

from harness.model.body import MISSING, PACKED
from harness.model.exchange import Exchange, Request, Response
from harness.model.json_text import WrittenFloat
from harness.record.encodings import LIMIT
from harness.record.har_reading import NO_ANSWER, MalformedEntry, read_entry
from harness.record.har_writing import written_entry

TEXT = b'{"a": "\xc3\xa9"}'
IMAGE = b"\x89PNG\r\n\x1a\n\x00\xff"
CODINGS = ("gzip", "br", "deflate", "zstd", "gzip, br", "rot13", "")
PACKED_TEXT = gzip.compress(TEXT, mtime=0)
BOMB = gzip.compress(bytes(LIMIT + 1))


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
        ({"params": [{"name": "\ud800"}]}, b"%ED%A0%80=", None),
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
    for content in ({"size": 7}, {"size": 7, "text": ""}, {"size": 7, "text": None}):
        exchange = read_entry(entry(response={"status": 200, "content": content}))
        assert exchange.meta == {"note": MISSING}
    assert read_entry(entry(response={"status": 200, "content": {"size": 0, "text": ""}})).meta == {}


def answered(body: bytes, coding: str) -> Exchange:
    content = {"text": base64.b64encode(body).decode(), "encoding": "base64"}
    headers = [{"name": "Content-Encoding", "value": coding}]
    return read_entry(entry(response={"status": 200, "headers": headers, "content": content}))


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("br", brotli.compress),
        ("deflate", zlib.compress),
        ("zstd", zstandard.compress),
        ("br, gzip", lambda body: gzip.compress(brotli.compress(body))),
    ],
)
@pytest.mark.parametrize("body", [TEXT, IMAGE], ids=["text", "image"])
def test__read__a_packed_body__has_its_coding_undone(coding: str, pack: Callable[[bytes], bytes], body: bytes) -> None:
    exchange = answered(pack(body), coding)
    assert exchange.response is not None
    assert (exchange.response.body, exchange.meta) == (body, {})


@pytest.mark.parametrize(
    ("coding", "body", "note"),
    [
        # The header still names the coding, though it is undone: so HAR wants it.
        *(pytest.param(coding, TEXT, None, id=f"text {coding}") for coding in CODINGS),
        *(pytest.param(coding, IMAGE, None, id=f"image {coding}") for coding in CODINGS),
        pytest.param("", PACKED_TEXT, None, id="download"),
        pytest.param("gzip", PACKED_TEXT[:-9], PACKED, id="cut"),
        pytest.param("gzip", PACKED_TEXT + b"\xff", PACKED, id="more behind it"),
        pytest.param("gzip", BOMB, PACKED, id="bomb"),
        pytest.param(", ".join(["gzip"] * 1000), BOMB, PACKED, id="1000 codings"),
    ],
)
def test__read__any_other_body_in_base64__is_left_as_it_is(coding: str, body: bytes, note: str | None) -> None:
    exchange = answered(body, coding)
    assert exchange.response is not None
    assert exchange.response.body == body
    assert exchange.meta.get("note") == note


def test__read__what_backfit_wrote__is_not_unpacked_again() -> None:
    sent = Exchange(Request("GET", "http://a/"), Response(200, (("content-encoding", "gzip"),), PACKED_TEXT))
    assert read_entry(written_entry(sent)) == sent


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
        (entry(response={"status": 99}), "status 99 is no status"),
        (entry(response={"status": 200.5}), "status 200.5 is no status"),
        (entry(response={"status": 10**30}), "is no status"),
        (entry(time=10**400), "time is out of range"),
        (entry(time=WrittenFloat("1e400")), "time is out of range"),
        (entry(time=True), "time is not a number"),
        (entry(request={"method": "GET", "url": "http://[::1/x"}), "url is no URL: Invalid IPv6"),
        (entry(request={"method": "GET", "url": "http://a:99999/x"}), "url is no URL: Port out of range"),
    ],
)
def test__read__what_is_malformed__says_where(broken: Any, what: str) -> None:
    with pytest.raises(MalformedEntry, match=what):
        read_entry(broken)


def test__read__what_a_web_socket_said__is_as_chromium_wrote_it() -> None:
    said = [
        {"type": "send", "time": 1795338396.07, "opcode": 1, "data": "h\u00e9"},
        {"type": "receive", "time": 1795338396.08, "opcode": 2, "data": "/w=="},
    ]
    exchange = read_entry(entry(_webSocketMessages=said, _backfit={"dest": "websocket"}))
    assert exchange.meta == {"dest": "websocket", "messages": said}
    assert read_entry(written_entry(exchange)) == exchange
    assert written_entry(exchange)["_webSocketMessages"] == said
    assert written_entry(exchange)["_backfit"] == {"dest": "websocket"}


@pytest.mark.parametrize("said", [None, []])
def test__read__a_web_socket_that_said_nothing__has_no_messages(said: Any) -> None:
    assert read_entry(entry(_webSocketMessages=said)).meta == {}


@pytest.mark.parametrize("said", ["x", 1, {"a": 1}, [1], [[]]])
def test__read__messages_that_are_none__are_malformed(said: Any) -> None:
    with pytest.raises(MalformedEntry, match="_webSocketMessages is not a list of objects"):
        read_entry(entry(_webSocketMessages=said))
