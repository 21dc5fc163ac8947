"""An emitted script in Node.js beside the same shim in Python: what each sends and gives for calls, in one form."""

from __future__ import annotations

import json
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from harness.model.exchange import Headers, Request, Response
from harness.schema.discriminators import discriminator
from harness.shims.document import Shim
from harness.shims.javascript import emit
from harness.shims.program import Program

DRIVER = Path(__file__).with_name("emitted.js")
UNTOLD = {"content-length", "content-encoding", "transfer-encoding", "connection", "host", "set-cookie"}
"""Headers that fetch tells otherwise, or not at all."""
_BODILESS = (101, 204, 205, 304)

Pair = tuple[Request, Response]
Outcome = dict[str, Any]


def in_node(shim: Shim, pairs: Sequence[Pair]) -> list[Outcome]:
    """What the script sends and gives."""
    calls = [{"request": _request(request), "response": _response(response)} for request, response in pairs]
    given = json.dumps({"script": emit(shim), "calls": calls})
    ended = subprocess.run(["node", str(DRIVER)], input=given, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    return [_told(outcome) for outcome in json.loads(ended.stdout)]


def in_python(shim: Shim, pairs: Sequence[Pair]) -> list[Outcome]:
    """What the program sends and gives."""
    program = Program(shim, discriminator)
    return [_by_program(program, request, response) for request, response in pairs]


def _by_program(program: Program, request: Request, response: Response) -> Outcome:
    forwarded, given = program.forward(request), program.answer(request, response).response
    body = b"" if forwarded.method in ("GET", "HEAD") else forwarded.body
    sent = {"method": forwarded.method, "url": forwarded.url, "headers": _plain(forwarded.headers), "body": body}
    got = {
        "status": given.status,
        "headers": _plain(given.headers),
        "body": b"" if given.status in _BODILESS else given.body,
    }
    return {"sent": sent, "got": got}


def sendable(pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs as fetch can send and give them: no body in a GET, no header of the connection, none in an empty answer."""
    return [(_as_sent(request), _as_given(response)) for request, response in pairs if 200 <= response.status <= 599]


def _as_sent(request: Request) -> Request:
    body = b"" if request.method in ("GET", "HEAD") else request.body
    return Request(request.method, _url(request.url), _named(request.headers), body)


def _as_given(response: Response) -> Response:
    body = b"" if response.status in _BODILESS else response.body
    return Response(response.status, _named(response.headers), body, response.reason)


def _named(headers: Headers) -> Headers:
    kept = ((name, value) for name, value in headers if not name.startswith(":") and name.lower() not in UNTOLD)
    return tuple((name, value.strip(" \t")) for name, value in kept if value.isascii() and value.isprintable())


def _url(url: str) -> str:
    return url.partition("#")[0]


def _plain(headers: Headers) -> dict[str, str]:
    return {name: value.strip(" \t") for name, value in merged(headers).items() if name not in UNTOLD}


def merged(headers: Headers) -> dict[str, str]:
    """As fetch tells them: names in lower case, each once."""
    found: dict[str, str] = {}
    for name, value in headers:
        found[name.lower()] = f"{found[name.lower()]}, {value}" if name.lower() in found else value
    return found


def _request(request: Request) -> dict[str, Any]:
    body = b64encode(request.body).decode()
    return {
        "method": request.method,
        "url": request.url,
        "headers": list(merged(request.headers).items()),
        "body": body,
    }


def _response(response: Response) -> dict[str, Any]:
    body = b64encode(response.body).decode()
    return {"status": response.status, "headers": list(merged(response.headers).items()), "body": body}


def _told(outcome: dict[str, Any]) -> Outcome:
    sent, got = outcome["sent"], outcome["got"]
    assert got.pop("copy") == got["body"], "a clone is another"
    for side in (sent, got):
        side["body"] = b64decode(side["body"])
        side["headers"] = _plain(tuple((name, value) for name, value in side["headers"]))
    return {"sent": sent, "got": got}
