"""The shim in front of NEW: a reverse proxy that forwards OLD's calls and turns the answers back.

An answer is held only where the shim may edit its body, up to LIMIT; all else streams through as it is, and is counted so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterable
from dataclasses import replace

import aiohttp
from aiohttp import web

from harness.model.errors import BackfitError, EnvironmentFailed, UsageError
from harness.model.exchange import Headers, Request, Response, header
from harness.record.capture import Capture
from harness.record.destination import WEBSOCKET
from harness.record.encodings import decoded
from harness.record.headers import end_to_end, without
from harness.record.passing import hold, joined, once
from harness.record.reverse_proxy import LOST, ReverseProxy, Verbatim, pairs
from harness.record.tunnel import tunnel
from harness.shims.program import LIMIT, Program
from harness.shims.second_calls import LARGEST, SecondCalls

_CODINGS = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd", "identity"})
_ENDLESS = ("event-stream", "ndjson", "jsonl", "json-seq", "multipart/")
_BODILESS = frozenset({204, 304})


class ShimServer(ReverseProxy):
    """Serves `upstream` (`http://host:port`) through a shim while the context is open; `url` says where.

    Raises UsageError where the port is taken or the host is not ours. `counts` says what became of the calls so far:
    shimmed, unchanged, unknown (to the shim), streamed, tunnelled, failed; and how many second calls were made.
    """

    role = "shim"

    def __init__(self, program: Program, upstream: str, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__(upstream, host, port)
        self.program = program
        self.calls = SecondCalls(program.shim)
        self.counts: Counter[str] = Counter()

    def wait(self) -> None:
        """Until Ctrl-C, or until serving fails (raises EnvironmentFailed then)."""
        while self.thread.is_alive():
            self.thread.join(0.5)
        raise EnvironmentFailed("the shim stopped serving", where=self.url)

    def cannot_listen(self, error: Exception) -> BackfitError:
        """The address was the user's choice."""
        said = getattr(error, "strerror", None) or error
        return UsageError(
            f"cannot listen: {said}",
            where=f"{self.host}:{self.port}",
            hint="choose another HOST:PORT; port 0 takes a free one",
        )

    async def respond(self, request: web.BaseRequest, target: str, headers: Headers) -> web.StreamResponse:
        """Forward the call as NEW wants it, and answer as OLD would have done."""
        try:
            if (header(headers, "upgrade") or "").lower() == WEBSOCKET:
                self.counts["tunnelled"] += 1
                capture = Capture(request.method, str(request.url), headers, 0)
                return await tunnel(request, self.address(target), self.session, capture)
            return await self._answered(request, Request(request.method, f"http://{request.host}{target}", headers))
        except LOST:
            self.counts["failed"] += 1
            raise

    async def _answered(self, request: web.BaseRequest, asked: Request) -> web.StreamResponse:
        begun = await hold(request.content, LIMIT) if self.program.reads_requests else b""
        asked = replace(asked, body=begun)
        forwarded = self.program.forward(asked)
        target = forwarded.url.removeprefix(f"http://{request.host}")
        body: bytes | AsyncIterable[bytes] | None = None
        if forwarded.body is not begun:
            body = forwarded.body  # it was read whole, and is another now
        elif request.can_read_body or begun:
            body = joined(begun, request.content)
        async with self.ask(forwarded.method, target, _readable(forwarded.headers), body) as answer:
            head = Response(answer.status, end_to_end(pairs(answer.raw_headers)), b"", answer.reason or "")
            if not self._may_edit(asked, answer):
                return await self._streamed(request, asked, head, answer.content.iter_any())
            held = await hold(answer.content, LIMIT)
            if len(held) > LIMIT:
                return await self._streamed(request, asked, head, joined(held, answer.content))
        whole = replace(head, body=held)
        plain = _plain(whole)
        if plain is None:
            return await self._streamed(request, asked, head, once(held))
        return await self._shimmed(request, asked, whole, plain)

    async def _second(self, target: str, headers: Headers) -> Response | None:
        """NEW's answer to a call of the shim's own; None where it does not come whole, or is too large."""
        self.counts["second calls"] += 1
        try:
            async with self.ask("GET", target, headers, None) as answer:
                held = await hold(answer.content, LARGEST)
        except LOST:
            return None
        head = Response(answer.status, end_to_end(pairs(answer.raw_headers)), held, answer.reason or "")
        return _plain(head) if len(held) <= LARGEST else None

    def _may_edit(self, asked: Request, answer: aiohttp.ClientResponse) -> bool:
        kind = answer.headers.get("content-type", "").lower()
        if asked.method == "HEAD" or answer.status in _BODILESS or any(word in kind for word in _ENDLESS):
            return False
        known = self.program.knows(asked) or ("json" in kind and self.program.knows_any)
        return known and (answer.content_length or 0) <= LIMIT

    async def _streamed(
        self, request: web.BaseRequest, asked: Request, head: Response, body: AsyncIterable[bytes]
    ) -> web.StreamResponse:
        """The body as it comes; the shim may still edit the status and the headers."""
        self.counts["streamed"] += 1
        if asked.method == "HEAD" and self.program.knows(replace(asked, method="GET")):
            head = replace(head, headers=without(head.headers, {"content-length"}))  # OLD's would be another
        edited = self.program.answer(asked, head).response
        return await Verbatim(edited.status, edited.reason, edited.headers).send(request, body)

    async def _shimmed(
        self, request: web.BaseRequest, asked: Request, whole: Response, plain: Response
    ) -> web.StreamResponse:
        """`whole` as it came where nothing is edited, else `plain` as the shim has it."""
        called = await self.calls.answers(asked, self._second) if self.calls else {}
        applied = self.program.answer(asked, plain, called)
        self.counts["shimmed" if applied.edits else "unchanged" if applied.known else "unknown"] += 1
        answer = applied.response if applied.edits else whole
        passed = Verbatim(answer.status, answer.reason, without(answer.headers, {"content-length"}))
        if answer.status in _BODILESS:
            return await passed.send(request, once(b""))
        passed.content_length = len(answer.body)
        return await passed.send(request, once(answer.body))


def _readable(headers: Headers) -> Headers:
    """The request's headers, asking for no coding that cannot be undone here."""
    return tuple((name, _known(value) if name.lower() == "accept-encoding" else value) for name, value in headers)


def _known(codings: str) -> str:
    known = [each for each in codings.split(",") if each.split(";")[0].strip().lower() in _CODINGS]
    return ",".join(known).strip() or "identity"


def _plain(response: Response) -> Response | None:
    """The answer with its coding undone; None where that cannot be done within the bound."""
    coding = header(response.headers, "content-encoding")
    if coding is None:
        return response
    try:
        body = decoded(response.body, coding, LIMIT + 1)
    except ValueError:
        return None
    plain = Response(response.status, without(response.headers, {"content-encoding"}), body, response.reason)
    return plain if len(body) <= LIMIT else None
