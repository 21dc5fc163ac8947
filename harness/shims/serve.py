"""The shim in front of NEW: a reverse proxy that forwards OLD's calls and turns the answers back.

Only what a step can change is held in memory: answers that are JSON and not larger than LIMIT. The rest streams through.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from concurrent.futures import Future
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web
from multidict import CIMultiDict
from yarl import URL

from harness.model.errors import EnvironmentFailed, UsageError
from harness.model.exchange import Headers, Request, Response, header
from harness.record.capture import Capture
from harness.record.destination import WEBSOCKET
from harness.record.encodings import decoded
from harness.record.headers import end_to_end, without
from harness.record.tunnel import tunnel
from harness.shims.program import Program

LIMIT = 64 * 1024 * 1024
"""Bytes of an answer that the shim holds; a larger one passes through as it is, and is counted."""

_LONGEST_LINE = 256 * 1024
_LOST = (aiohttp.ClientError, OSError, TimeoutError)


class ShimServer:
    """Serves `upstream` (`http://host:port`) through a shim while the context is open; `url` says where.

    `counts` says what happened so far: shimmed, unchanged, unknown, streamed, failed.
    """

    def __init__(self, program: Program, upstream: str, host: str = "127.0.0.1", port: int = 0) -> None:
        self.program = program
        self.upstream = upstream.rstrip("/")
        self.host, self.port = host, port
        self.url = ""
        self.counts: Counter[str] = Counter()
        self._stop: Future[None] = Future()
        self._started: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, name="backfit-shim", daemon=True)

    def __enter__(self) -> Self:
        """Raises UsageError where the port is taken or the host is not ours."""
        self._thread.start()
        try:
            port = self._started.result()
        except OSError as error:
            where = f"{self.host}:{self.port}"
            raise UsageError(
                f"cannot listen: {error.strerror or error}", where=where, hint="choose another --listen"
            ) from error
        name = f"[{self.host}]" if ":" in self.host else self.host
        self.url = f"http://{name}:{port}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._stop.done():
            self._stop.set_result(None)
        self._thread.join()

    def wait(self) -> None:
        """Until Ctrl-C, or until serving fails (raises EnvironmentFailed then)."""
        while self._thread.is_alive():
            self._thread.join(0.5)
        raise EnvironmentFailed("the shim stopped serving", where=self.url)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # handed to the thread that waits in __enter__
            if self._started.done():
                raise
            self._started.set_exception(error)

    async def _serve(self) -> None:
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        async with aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=10),
            auto_decompress=False,
            max_line_size=_LONGEST_LINE,
            max_field_size=_LONGEST_LINE,
        ) as self._session:
            server = web.Server(
                self._handle,
                handler_cancellation=True,
                auto_decompress=False,
                max_line_size=_LONGEST_LINE,
                max_field_size=_LONGEST_LINE,
                access_log=None,
            )
            runner = web.ServerRunner(server, shutdown_timeout=0.5)
            await runner.setup()
            try:
                await web.TCPSite(runner, self.host, self.port).start()
                self._started.set_result(runner.addresses[0][1])
                await asyncio.wrap_future(self._stop)
            finally:
                await runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        headers = _pairs(request.raw_headers)
        if (header(headers, "upgrade") or "").lower() == WEBSOCKET:
            capture = Capture(request.method, str(request.url), headers, 0)
            return await tunnel(request, URL(self.upstream + request.raw_path, encoded=True), self._session, capture)
        asked = Request(request.method, f"http://{request.host}{request.raw_path}", headers, await request.read())
        try:
            return await self._answered(request, asked)
        except _LOST as error:
            self.counts["failed"] += 1
            text = f"Backfit's shim: {self.upstream} did not answer {asked.method} {request.raw_path}\n{error}\n"
            return web.Response(status=502, text=text)

    async def _answered(self, request: web.BaseRequest, asked: Request) -> web.StreamResponse:
        forwarded = self.program.forward(asked)
        address = URL(self.upstream + forwarded.url.removeprefix(f"http://{request.host}"), encoded=True)
        async with self._session.request(
            forwarded.method,
            address,
            headers=CIMultiDict(without(end_to_end(forwarded.headers), _NOT_ASKED)),
            data=forwarded.body or None,
            allow_redirects=False,
            skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent", "Content-Type"),
        ) as answer:
            pairs = end_to_end(_pairs(answer.raw_headers))
            if not _editable(answer, pairs):
                self.counts["streamed"] += 1
                return await _stream(request, answer, pairs, b"")
            body = await _read(answer)
            if len(body) > LIMIT:
                self.counts["streamed"] += 1
                return await _stream(request, answer, pairs, body)
        plain = decoded(body, header(pairs, "content-encoding") or "", LIMIT)
        response = Response(answer.status, without(pairs, {"content-encoding"}), plain, answer.reason or "")
        return await self._shimmed(request, asked, response)

    async def _shimmed(self, request: web.BaseRequest, asked: Request, response: Response) -> web.StreamResponse:
        applied = self.program.answer(asked, response)
        self.counts["shimmed" if applied.edits else "unchanged" if applied.known else "unknown"] += 1
        answer = applied.response
        headers = CIMultiDict(without(answer.headers, {"content-length"}))
        passed = web.StreamResponse(status=answer.status, reason=answer.reason or None, headers=headers)
        if request.method != "HEAD" and answer.status not in (204, 304):
            passed.content_length = len(answer.body)
        await passed.prepare(request)
        if request.method != "HEAD":
            await passed.write(answer.body)
        await passed.write_eof()
        return passed


_NOT_ASKED = {"expect", "accept-encoding", "content-length"}
"""A coded answer would only be decoded here; the length is that of the body that is sent on."""


def _editable(answer: aiohttp.ClientResponse, headers: Headers) -> bool:
    kind = (header(headers, "content-type") or "").lower()
    if "json" not in kind and not kind.startswith("text/plain") and answer.status < 300 and kind:
        return False
    return (answer.content_length or 0) <= LIMIT and "event-stream" not in kind and "ndjson" not in kind


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in answer.content.iter_any():
        chunks.append(chunk)
        size += len(chunk)
        if size > LIMIT:
            break
    return b"".join(chunks)


async def _stream(
    request: web.BaseRequest, answer: aiohttp.ClientResponse, headers: Headers, begun: bytes
) -> web.StreamResponse:
    passed = web.StreamResponse(status=answer.status, reason=answer.reason, headers=CIMultiDict(headers))
    await passed.prepare(request)
    if begun:
        await passed.write(begun)
    async for chunk in answer.content.iter_any():
        await passed.write(chunk)
    await passed.write_eof()
    return passed


def _pairs(raw: tuple[tuple[bytes, bytes], ...]) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("utf-8", "surrogateescape")) for name, value in raw)
