from __future__ import annotations

from typing import Any

import pytest

from harness.model.exchange import Request
from harness.model.json_text import serialize
from harness.schema.discriminators import discriminator


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"operationName": "GetUser", "query": "query GetUser { user }"}, "GetUser"),
        ({"query": "mutation  AddUser($a: Int) { add }", "operationName": None}, "AddUser"),
        ({"query": "{ user }"}, ""),
        ({"operationName": "GetUser", "extensions": {"persistedQuery": {}}}, "GetUser"),
        ([{"query": "query B { b }"}, {"query": "query A { a }"}], "A,B"),
        ({"query": "shoes"}, ""),
        ({"query": {"match": "shoes"}}, ""),
        ({"jsonrpc": "2.0", "method": "user.get", "id": 1}, "user.get"),
        ({"method": "user.get", "params": [], "id": 1}, "user.get"),
        (
            [{"jsonrpc": "2.0", "method": "b"}, {"jsonrpc": "2.0", "method": "a"}, {"jsonrpc": "2.0", "method": "a"}],
            "a,b",
        ),
        ({"method": "card", "amount": 3}, ""),  # a payment, not a call
        ("query Text", ""),
    ],
)
def test__discriminator__json_body__names_what_is_called(body: Any, expected: str) -> None:
    assert discriminator(Request("POST", "http://host/", body=serialize(body))) == expected


@pytest.mark.parametrize("body", [b"", b'{"query": "', b'"query"' + b"[" * 100_000, b'\xff"method"'])
def test__discriminator__no_json__is_empty(body: bytes) -> None:
    assert discriminator(Request("POST", "http://host/", body=body)) == ""
