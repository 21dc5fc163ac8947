"""Recordings of calls that are asked in two ways, and what is learned of them."""

from __future__ import annotations

from collections.abc import Sequence

from harness.changes.requests import Rewriting
from harness.changes.study import study
from harness.lens.step import write_step
from harness.model.exchange import Exchange, Headers, Recording, Request, Response
from harness.model.json_text import Json, serialize

JSON = (("content-type", "application/json"),)
Call = tuple[str, Headers, Json]


def call(text: str, body: Json = None, **headers: str) -> Call:
    return text, tuple((name.replace("_", "-"), value) for name, value in headers.items()), body


def recording(calls: Sequence[Call | str]) -> Recording:
    exchanges = []
    for at, each in enumerate(calls):
        text, headers, body = (each, (), None) if isinstance(each, str) else each
        method, _, target = text.partition(" ")
        sent = b"" if body is None else serialize(body)
        request = Request(method, f"http://system.test{target}", headers, sent)
        exchanges.append(Exchange(request, Response(200, JSON, serialize({"at": at})), id=f"c{at}"))
    return Recording(tuple(exchanges))


def rewritten(old: Sequence[Call | str], new: Sequence[Call | str]) -> list[Rewriting]:
    return study(recording(old), recording(new)).rewritings


def steps(found: Rewriting) -> list[Json]:
    return [write_step(each.step) for each in found.explained if each.step is not None]
