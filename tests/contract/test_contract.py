from __future__ import annotations

from pathlib import Path

import pytest

from harness.model.exchange import Request
from tests.contract.documents import contract, needs, reads


@pytest.mark.parametrize(
    ("method", "url", "body", "covered"),
    [
        ("GET", "http://h:1/articles/7?x=1", b"", True),
        ("PUT", "http://h:1/articles/7", b"", False),
        ("GET", "http://h:1/articles/7/tags", b"", False),
        ("POST", "http://h:1/graphql", b'{"query": "query GetUser { x }"}', True),
        ("POST", "http://h:1/graphql", b'{"query": "query Other { x }"}', False),
        ("POST", "http://h:1/rpc", b'{"jsonrpc": "2.0", "method": "any", "id": 1}', True),
    ],
)
def test__covers__a_call__by_the_operations(tmp_path: Path, method: str, url: str, body: bytes, covered: bool) -> None:
    found = contract(tmp_path, {"GET /articles/{id}": {}, "POST /graphql#GetUser": {}, "POST /rpc": {}})
    assert found.covers(Request(method, url, (), body)) is covered


@pytest.mark.parametrize(
    ("said", "telling"), [({}, False), (reads(), True), (reads("$.a"), True), (needs(removed="$.a=needed"), True)]
)
def test__is_telling__of_reads_or_needs__is_true(tmp_path: Path, said: dict[str, object], telling: bool) -> None:
    assert contract(tmp_path, {"GET /a": said, "GET /b": {}}).is_telling is telling
