from __future__ import annotations

import gzip
import random

import pytest

from harness.record import capture
from harness.record.capture import Capture, Kept
from harness.record.room import Room

GZIP = (("Content-Encoding", "gzip"),)


def small_limit(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(capture, "LIMIT", 10)


@pytest.mark.parametrize(
    ("chunks", "headers", "body", "note"),
    [
        ([b"abc", b"def"], (), b"abcdef", None),
        ([b"abcdef", b"ghijkl", b"m"], (), b"abcdefghij", "only the first 10 bytes"),
        ([b"0123456789"], (), b"0123456789", None),
        ([gzip.compress(b"abc", mtime=0)], GZIP, b"abc", None),
        ([b"not gzip"], GZIP, b"not gzip", "kept as sent"),
    ],
)
def test__kept__of_a_body__is_decoded_bounded_and_noted(
    monkeypatch: pytest.MonkeyPatch,
    chunks: list[bytes],
    headers: tuple[tuple[str, str], ...],
    body: bytes,
    note: str | None,
) -> None:
    if headers == ():
        small_limit(monkeypatch)
    kept = Kept()
    for chunk in chunks:
        kept.add(chunk)
    found, said = kept.decoded(headers, "response")
    assert found == body
    assert (note in said) if note and said else said is note


def test__kept__of_a_bomb__stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "LIMIT", 2000)
    kept = Kept()
    kept.add(gzip.compress(bytes(1_000_000)))
    body, note = kept.decoded(GZIP, "response")
    assert len(body) == 2000
    assert note


def test__kept__of_a_coded_body_past_the_limit__is_what_the_kept_part_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "LIMIT", 500)
    kept = Kept()
    kept.add(gzip.compress(random.Random(1).randbytes(1000)))
    body, note = kept.decoded(GZIP, "response")
    assert 0 < len(body) < 500
    assert note


def test__capture__that_ended__keeps_what_it_had_and_the_first_reason() -> None:
    passing = Capture("GET", "http://a/b", (("Accept", "text/html"),), 12)
    assert passing.exchange is None
    passing.answer(200, "OK", (("Content-Type", "text/html"),))
    passing.response_body.add(b"<p>")
    passing.end("cut")
    passing.end("later")
    exchange = passing.exchange
    assert exchange is not None
    assert exchange.response is not None
    assert (exchange.id, exchange.error, exchange.response.body) == ("c0012", "cut", b"<p>")
    assert exchange.meta == {"dest": "document"}


def test__kept__without_room_for_all__is_the_first_part_and_no_later_one() -> None:
    room = Room(5)
    kept = Kept(room)
    kept.add(b"abc")
    kept.add(b"defg")
    room.give_back(5)
    kept.add(b"hij")
    assert kept.decoded((), "response") == (b"abcde", "response body: only the first 5 bytes are kept")
    assert (kept.held, kept.is_whole) == (5, False)


@pytest.mark.parametrize(
    ("sent", "broken", "incomplete"), [(b"four", None, None), (b"more than four", None, True), (b"", "cut", True)]
)
def test__capture__whose_request_is_not_whole__is_marked(
    sent: bytes, broken: str | None, incomplete: bool | None
) -> None:
    passing = Capture("POST", "http://a/b", (), 1, room=Room(4), more={"elsewhere": "http://a"})
    passing.request_body.add(sent)
    passing.broken = broken
    passing.messages.add("send", "")
    meta = dict(passing.so_far(None).meta)
    assert (meta.get("incomplete"), meta["elsewhere"], len(meta["messages"])) == (incomplete, "http://a", 1)
    assert passing.held == min(4, len(sent))
