from __future__ import annotations

import pytest

from harness.model.exchange import Request
from harness.schema.media import MOST_TYPES, Sent, media_type, merged

JSON, FORM, MERGE, PATCH = (
    "application/json",
    "application/x-www-form-urlencoded",
    "application/merge-patch+json",
    "application/json-patch+json",
)


def request(said: str, body: bytes) -> Request:
    return Request("POST", "http://host/", (("Content-Type", said),), body)


@pytest.mark.parametrize(
    ("said", "body", "expected"),
    [("Application/JSON; charset=utf-8", b"1", JSON), ("text/plain", b"", ""), ("", b"1", "")],
)
def test__media_type__of_a_request__is_bare_and_only_for_a_body(said: str, body: bytes, expected: str) -> None:
    assert media_type(request(said, body)) == expected


@pytest.mark.parametrize(
    ("requests", "differ"),
    [
        ([(JSON, b'{"a":1,"b":2}'), (FORM, b"a=1&b=2")], False),
        ([(JSON, b'{"a":1,"b":2}'), (FORM, b"c=1&d=2")], True),
        ([(MERGE, b'{"a":1}'), (PATCH, b'[{"op":"add"}]')], True),
        ([(JSON, b'{"a":1}'), ("image/png", b"x")], True),
        ([(JSON, b'{"a":1}'), (JSON, b'[{"b":1}]')], False),
        ([(JSON, b'{"a":1}'), (MERGE, b'{"b":1}'), (MERGE, b'{"a":1}')], False),
        ([(JSON, b"7"), (FORM, b"a=1"), ("", b"x")], True),
        ([(JSON, b"{")], False),
    ],
)
def test__differ__bodies_of_several_types__compares_their_shapes(
    requests: list[tuple[str, bytes]], differ: bool
) -> None:
    apart = [Sent() for _ in requests]
    for sent, (said, body) in zip(apart, requests, strict=True):
        sent.add(request(said, body))
    assert merged(apart).differ == merged(apart[::-1]).differ == differ


def test__add__ever_new_types__is_bounded() -> None:
    sent = Sent()
    for number in range(1000):
        sent.add(request(f"application/x-{number}", b"x"))
    assert len(sent.by_type) == MOST_TYPES
