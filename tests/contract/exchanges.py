"""Recordings and accesses of these tests, in a line each."""

from __future__ import annotations

from harness.model.exchange import Exchange, Headers, Recording, Request, Response
from harness.model.json_text import Json, serialize
from harness.model.reads import Access, Op
from harness.schema.operations import Operations, learn_operations

HOST = "http://127.0.0.1:41000"


def exchange(
    target: str,
    answer: Json = None,
    *,
    status: int = 200,
    location: str = "",
    body: Json = None,
    host: str = HOST,
    headers: Headers = (),
) -> Exchange:
    """`GET /path?query` and what came back; `location` makes a redirect of it."""
    method, _, path = target.partition(" ")
    kind = (("content-type", "application/json"),)
    sent = Request(method, host + path, kind if body else (), serialize(body) if body else b"")
    more = (("location", location),) if location else ()
    return Exchange(sent, Response(status, (*kind, *more, *headers), serialize(answer)))


def recorded(*exchanges: Exchange) -> tuple[Recording, Operations]:
    """A recording, and the operations that are learned from it."""
    return Recording(exchanges), learn_operations(exchanges)


def access(
    target: str, place: str, op: Op = Op.READ, count: int = 1, *where: str, host: str = "http://other:9"
) -> Access:
    """An access by method and URL; the host is another one than in the recording."""
    method, _, path = target.partition(" ")
    return Access(method, path if "://" in path else host + path, place, op, count, where)
