from __future__ import annotations

from pathlib import Path

import pytest

from harness.model.errors import EnvironmentFailed
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.record.har import read_har, write_har
from harness.replay.redirects import FOLLOWED
from harness.replay.replay import replay
from harness.replay.selection import UNSAFE
from tests.record.raw_server import RawServer, free_address, head_of, http


def call(path: str, name: str | None = None, dest: str = "empty", *, answered: bool = True) -> Exchange:
    request = Request("GET", f"http://recorded.test{path}")
    return Exchange(request, Response(200) if answered else None, id=name, meta={"dest": dest})


RECORDING = Recording(
    (
        call("/page", dest="document"),
        call("/b", "mine"),
        call("/app.js", dest="script"),
        call("/a"),
        call("/lost", answered=False),
    )
)


def echo(request: bytes) -> bytes:
    return http(head_of(request)[0].encode())


def test__replay__a_recording__sends_the_calls_in_order_and_accounts_for_the_rest() -> None:
    told: list[str] = []
    with RawServer(echo) as server:
        replayed = replay(RECORDING, server.url, tell=told.append)
    assert [(e.id, e.response and e.response.body) for e in replayed.recording.exchanges] == [
        ("mine", b"GET /b HTTP/1.1"),
        ("c0004", b"GET /a HTTP/1.1"),
    ]
    assert (replayed.accounting.recorded, replayed.accounting.replayed) == (5, 2)
    assert replayed.accounting.skipped == {
        "document or asset of the page (not an API call)": 2,
        "no response was recorded": 1,
    }
    assert replayed.accounting.adds_up
    assert told == ["call 1 of 2: GET /b", "call 2 of 2: GET /a"]


def test__replay__read_back_from_its_file__pairs_with_another_run(tmp_path: Path) -> None:
    with RawServer(echo) as server:
        for name in ("one", "two"):
            write_har(tmp_path / f"{name}.har", replay(RECORDING, server.url).recording)
    one, two = (read_har(tmp_path / f"{name}.har").exchanges for name in ("one", "two"))
    assert [(e.id, e.request) for e in one] == [(e.id, e.request) for e in two]


def test__replay__a_call_that_fails__counts_as_replayed() -> None:
    with RawServer(b"", http(b"ok")) as server:
        replayed = replay(RECORDING, server.url)
    first, second = replayed.recording.exchanges
    assert (first.response, first.error) == (
        None,
        "RemoteDisconnected: Remote end closed connection without response",
    )
    assert second.response is not None
    assert replayed.accounting.adds_up


def test__replay__where_nobody_listens__is_the_environments_failure() -> None:
    address = free_address()
    with pytest.raises(EnvironmentFailed, match="refused every connection") as caught:
        replay(RECORDING, address)
    assert caught.value.where == address


def test__replay__of_nothing__is_nothing() -> None:
    assert replay(Recording(()), free_address()).recording.exchanges == ()


def test__replay__without_unsafe__leaves_out_what_may_change_the_system() -> None:
    posted = Exchange(Request("POST", "http://recorded.test/a", (), b"{}"), Response(201), meta={"dest": "empty"})
    with RawServer(echo) as server:
        replayed = replay(Recording((call("/a"), posted)), server.url, unsafe=False)
    assert [exchange.request.method for exchange in replayed.recording.exchanges] == ["GET"]
    assert replayed.accounting.skipped == {UNSAFE: 1}
    assert replayed.accounting.adds_up


def test__replay__a_redirect_that_is_new__is_followed_and_told() -> None:
    def moving(request: bytes) -> bytes:
        line = head_of(request)[0].encode()
        return http(line) if b"/v2" in line else b"HTTP/1.1 301 Moved\r\nLocation: /v2/a\r\nContent-Length: 0\r\n\r\n"

    with RawServer(moving) as server:
        [exchange] = replay(Recording((call("/a"),)), server.url).recording.exchanges
    assert exchange.response is not None
    assert exchange.response.body == b"GET /v2/a HTTP/1.1"
    assert exchange.request.path == "/a"
    assert exchange.meta[FOLLOWED] == ["301 /v2/a"]
