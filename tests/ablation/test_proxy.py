from __future__ import annotations

import asyncio
import gzip
import json
import urllib.request
from collections.abc import Iterable
from urllib.error import HTTPError

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from harness.ablation.edits import Edit, How
from harness.ablation.proxy import AblatingProxy
from harness.model.errors import EnvironmentFailed
from harness.model.exchange import Request
from harness.model.operation import Operation
from harness.schema.discriminators import discriminator
from tests.record.raw_server import Answer, RawServer, body_of, http

BODY = b'{ "rows": [ {"id": 1, "price": 1.10} ], "total": 1 }'
JSON = "Content-Type: application/json"


def operation_of(request: Request) -> Operation:
    return Operation(request.method, request.path, discriminator(request))


def edit(place: str, how: How = How.REMOVED, of: str = "GET /rows") -> Edit:
    method, path, *rest = of.split(" ")
    return Edit(Operation(method, path, *rest), place, how)


def asked(
    answer: Answer, *edits: Edit, path: str = "/rows", method: str = "GET", body: bytes | None = None
) -> tuple[int, dict[str, str], bytes, set[str], bytes]:
    """Status, headers, body as the plugin gets them, the places met, and the request as the system got it."""
    with RawServer(answer) as server, AblatingProxy(server.url, edits, operation_of) as proxy:
        request = urllib.request.Request(proxy.url + path, data=body, method=method)
        try:
            got = urllib.request.urlopen(request, timeout=20)
        except HTTPError as error:
            got = error
        with got:
            headers = {name: value for name, value in got.headers.items() if name != "Connection"}
            found = got.status, headers, got.read()
        return *found, {each.place for each in proxy.met}, server.requests[-1]


@pytest.mark.parametrize(
    "edits", [[], [edit("$.rows", of="GET /other")], [edit("$.nothing")], [edit("$.rows", of="POST /rows")]]
)
def test__proxy__an_answer_without_the_place__passes_byte_for_byte(edits: Iterable[Edit]) -> None:
    status, headers, body, met, _ = asked(http(BODY, JSON, "ETag: x"), *edits)
    assert (status, body, met) == (200, BODY, set())
    assert headers == {"Content-Type": "application/json", "ETag": "x", "Content-Length": str(len(BODY))}


def test__proxy__places_in_body_headers_and_status__are_gone_and_counted() -> None:
    edits = (
        edit("$.rows[*].id"),
        edit("$.total", How.NULL),
        edit("header etag"),
        edit("status", How.RETYPED),
        edit("$.x"),
    )
    status, headers, body, met, _ = asked(http(BODY, JSON, "ETag: x"), *edits)
    assert (status, body) == (203, b'{"rows":[{"price":1.1}],"total":null}')
    assert headers == {"Content-Type": "application/json", "Content-Length": str(len(body))}
    assert met == {"$.rows[*].id", "$.total", "header etag", "status"}


def test__proxy__a_whole_body__is_gone() -> None:
    status, headers, body, met, _ = asked(http(BODY, JSON), edit("$"))
    assert (status, headers["Content-Length"], body, met) == (200, "0", b"", {"$"})


def test__proxy__a_compressed_answer__is_edited_plain_and_stays_compressed_where_only_its_head_is() -> None:
    packed = http(gzip.compress(BODY), JSON, "Content-Encoding: gzip", "ETag: x")
    _, headers, body, _, _ = asked(packed, edit("$.rows"))
    assert ("Content-Encoding" in headers, json.loads(body)) == (False, {"total": 1})
    _, headers, body, met, _ = asked(packed, edit("header etag"))
    assert (headers["Content-Encoding"], gzip.decompress(body), met) == ("gzip", BODY, {"header etag"})


def test__proxy__a_coding_that_is_a_lie__passes_as_it_is() -> None:
    _, headers, body, met, _ = asked(http(BODY, JSON, "Content-Encoding: gzip"), edit("$.rows"))
    assert (headers["Content-Encoding"], body, met) == ("gzip", BODY, set())


def test__proxy__calls_told_apart_by_their_bodies__are_edited_apart_and_sent_whole() -> None:
    sent = b'{"operationName":"Bikes","query":"query Bikes { x }"}'
    for name, left in (("Bikes", b'{"total":1}'), ("Cars", BODY)):
        _, _, body, _, request = asked(
            http(BODY, JSON), edit("$.rows", of=f"POST /graphql {name}"), path="/graphql", method="POST", body=sent
        )
        assert (body, body_of(request)) == (left, sent)


def test__proxy__a_body_that_goes_on_item_by_item__streams_through_with_its_head_edited() -> None:
    lines = b'{"rows":1}\n{"rows":2}\n'
    answer = http(lines, "Content-Type: application/x-ndjson", "ETag: x")
    _, headers, body, met, _ = asked(answer, edit("$.rows"), edit("header etag"))
    assert (body, "ETag" in headers, met) == (lines, False, {"header etag"})


@pytest.mark.parametrize(
    ("method", "status"), [("HEAD", "200 OK"), ("GET", "204 No Content"), ("GET", "304 Not Modified")]
)
def test__proxy__an_answer_without_a_body__stays_without(method: str, status: str) -> None:
    head = f"HTTP/1.1 {status}\r\nETag: x\r\n{'Content-Length: 52' if method == 'HEAD' else ''}\r\n\r\n".encode()
    _, headers, body, met, _ = asked(head, edit("header etag", of=f"{method} /rows"), method=method)
    assert (body, "ETag" in headers, met) == (b"", False, {"header etag"})
    assert headers.get("Content-Length") == ("52" if method == "HEAD" else None)


def test__proxy__a_system_that_is_gone__is_told_in_its_own_words() -> None:
    with AblatingProxy("http://127.0.0.1:9", [edit("$.rows")], operation_of) as proxy:
        with pytest.raises(HTTPError) as error:
            urllib.request.urlopen(proxy.url + "/rows", timeout=20)
        with error.value as answer:
            assert answer.status == 502
            assert b"Backfit's ablation: the system at http://127.0.0.1:9 did not answer GET /rows" in answer.read()


def test__proxy__an_answer_that_is_cut__is_cut_for_the_plugin_too() -> None:
    cut = f"HTTP/1.1 200 OK\r\n{JSON}\r\nContent-Length: 900\r\n\r\n".encode() + BODY
    status, _, body, met, _ = asked(cut, edit("$.rows"))
    assert (status, met) == (502, set())
    assert b"did not answer" in body


def test__proxy__a_websocket__passes_both_ways() -> None:
    assert asyncio.run(_talk()) == "hello!"


async def _echo(request: web.Request) -> web.StreamResponse:
    opened = web.WebSocketResponse()
    await opened.prepare(request)
    async for message in opened:
        await opened.send_str(message.data + "!")
    return opened


async def _talk() -> str:
    app = web.Application()
    app.router.add_get("/rows", _echo)
    async with TestServer(app) as system:
        proxy = AblatingProxy(str(system.make_url("")), [edit("$.rows")], operation_of)
        await asyncio.to_thread(proxy.__enter__)
        try:
            async with aiohttp.ClientSession() as session, session.ws_connect(proxy.url + "/rows") as opened:
                await opened.send_str("hello")
                return await opened.receive_str()
        finally:
            await asyncio.to_thread(proxy.__exit__, None, None, None)


def test__proxy__no_port_to_be_had__is_the_environments_fault() -> None:
    proxy = AblatingProxy("http://127.0.0.1:9", [], operation_of)
    proxy.host = "192.0.2.1"
    with pytest.raises(EnvironmentFailed, match="the ablating proxy cannot listen"), proxy:
        pass
