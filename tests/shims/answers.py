"""Small calls and answers for these tests."""

from __future__ import annotations

from collections.abc import Sequence

from harness.lens.step import read_step
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.model.json_text import Json, serialize
from harness.schema.discriminators import discriminator
from harness.shims.document import Entry, Learned, Shim
from harness.shims.program import Program

JSON = ("content-type", "application/json")


def learned(*steps: Json) -> tuple[Learned, ...]:
    return tuple(Learned(read_step(step)) for step in steps)


def program(*entries: Entry, everywhere: Sequence[Json] = (), otherwise: Sequence[Json] = ()) -> Program:
    shim = Shim(entries=entries, everywhere=learned(*everywhere), otherwise=learned(*otherwise))
    return Program(shim, discriminator)


def entry(match: str, *steps: Json, **more: object) -> Entry:
    method, _, template = match.partition(" ")
    return Entry(method, template, response=learned(*steps), **more)  # type: ignore[arg-type]


def call(target: str, body: bytes = b"") -> Request:
    """`GET /path?query`."""
    method, _, path = target.partition(" ")
    return Request(method, f"http://system.test{path}", (), body)


def answer(body: Json, *headers: tuple[str, str], status: int = 200) -> Response:
    return Response(status, (JSON, *headers), serialize(body), "OK")


def recording(*pairs: tuple[str, Json], source: str = "x.har") -> Recording:
    """Calls and the bodies that answered them, ids by position."""
    return Recording(
        tuple(Exchange(call(target), answer(body), id=f"c{at}") for at, (target, body) in enumerate(pairs)), source
    )
