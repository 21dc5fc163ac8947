"""One recorded request sent to another server, byte for byte where that makes sense, and its answer read to the end."""

from __future__ import annotations

import http.client
import string
import time
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import SplitResult, quote, urlsplit

from harness.model.exchange import Exchange, Headers, Request, Response, header
from harness.record.encodings import LIMIT, decoded
from harness.record.headers import end_to_end, without
from harness.replay.cookies import CookieJar

TIMEOUT = 60.0
"""Seconds that one answer may take."""

_REMADE = frozenset({"host", "cookie", "content-length", "content-encoding", "expect"})
_CONDITIONAL = frozenset({"if-none-match", "if-modified-since"})
_TOO_LONG = f"the answer is longer than {LIMIT} bytes"


class Refused(ConnectionError):
    """Nobody listens at the address."""


def send(exchange: Exchange, base: SplitResult, jar: CookieJar, timeout: float = TIMEOUT) -> Exchange:
    """`exchange` with the answer of the server at `base` in place of the recorded one.

    A transport failure gives `response=None` and an `error`; Refused is raised where nobody listens.
    """
    started, clock = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"), time.monotonic()
    response, error = _asked(exchange.request, base, jar, timeout)
    return replace(exchange, response=response, error=error, started=started, elapsed=time.monotonic() - clock)


def _asked(request: Request, base: SplitResult, jar: CookieJar, timeout: float) -> tuple[Response | None, str | None]:
    connection = _connection(base, timeout)
    try:
        _write(connection, request, base.path.rstrip("/"), jar)
        response = _read(connection.getresponse(), time.monotonic() + timeout)
    except ConnectionRefusedError as error:
        raise Refused(str(error)) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        return None, f"{type(error).__name__}: {error}".removesuffix(": ")
    finally:
        connection.close()
    jar.take(response.headers)
    return response, None


def _connection(base: SplitResult, timeout: float) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if base.scheme == "https" else http.client.HTTPConnection
    return kind(base.hostname or "", base.port, timeout=timeout)


def _write(connection: http.client.HTTPConnection, request: Request, prefix: str, jar: CookieJar) -> None:
    connection.putrequest(request.method, prefix + target(request.url), skip_host=True, skip_accept_encoding=True)
    # The recorded Host: links that OLD and NEW build from it are the same, and can be compared.
    connection.putheader("Host", urlsplit(request.url).netloc)
    for name, value in _sent_headers(request):
        connection.putheader(name, value.encode("utf-8", "surrogateescape"))
    cookie = header(request.headers, "cookie")
    if cookie is not None and (kept := jar.header(cookie, request.path)):
        connection.putheader("Cookie", kept)
    if request.body or request.method in ("POST", "PUT", "PATCH"):
        connection.putheader("Content-Length", str(len(request.body)))
    connection.endheaders(request.body or None)


def _sent_headers(request: Request) -> Headers:
    """The recorded headers that are sent as they are: bodies are kept decoded, so their coding is not among them."""
    headers = without(end_to_end(request.headers), _REMADE)
    # A browser that asks "has it changed?" gets 304 and no body: nothing to compare. Ask for the answer itself.
    unconditional = without(headers, _CONDITIONAL) if request.method in ("GET", "HEAD") else headers
    return tuple(pair for pair in unconditional if not pair[0].startswith(":"))


def target(url: str) -> str:
    """What stands in the request line for `url`: path and query as recorded; only what no line may hold is encoded."""
    rest = url.partition("://")[2].partition("#")[0]
    start = next((index for index, character in enumerate(rest) if character in "/?"), len(rest))
    raw = rest[start:]
    return quote(raw if raw.startswith("/") else f"/{raw}", safe=string.punctuation)


def _read(answer: http.client.HTTPResponse, deadline: float) -> Response:
    chunks, size = [], 0
    while chunk := answer.read1(65536):
        chunks.append(chunk)
        size += len(chunk)
        if size > LIMIT:
            raise ValueError(_TOO_LONG)
        if time.monotonic() > deadline:
            raise TimeoutError("the answer did not end")
    if answer.length:
        raise ConnectionError(f"the answer was cut off, {answer.length} bytes before its end")
    headers = tuple((name, value) for name, value in answer.headers.items())
    body = decoded(b"".join(chunks), header(headers, "content-encoding") or "", LIMIT + 1)
    if len(body) > LIMIT:
        raise ValueError(_TOO_LONG)
    return Response(answer.status, headers, body, answer.reason)
