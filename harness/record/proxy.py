"""A reverse proxy that stands where the system stood and keeps every exchange that a plugin has with it.

It passes on what it gets: raw paths, header order, duplicates, the browser's Host, codings and redirects. Only what is
kept is prepared: bodies decoded and bounded, and what each request was for.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from concurrent.futures import Future
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web
from multidict import CIMultiDict
from yarl import URL

from harness.model.errors import EnvironmentFailed
from harness.model.exchange import Headers, Recording
from harness.record.capture import Capture
from harness.record.destination import WEBSOCKET
from harness.record.headers import end_to_end, without
from harness.record.tunnel import tunnel

_LONGEST_LINE = 256 * 1024
_GOES_ON = "the answer had not ended when the recording was read"
_LOST = (aiohttp.ClientError, OSError, TimeoutError)


class RecordingProxy:
    """Records what passes to `upstream` (`http://host:port`) while the context is open, on a free loopback port."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream.rstrip("/")
        self.url = ""
        self._captures: list[Capture] = []
        self._stop: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="backfit-proxy", daemon=True)
        self._started: Future[int] = Future()

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self.url = f"http://127.0.0.1:{self._started.result()}"
        except OSError as error:
            raise EnvironmentFailed(f"the recording proxy cannot listen: {error}", where="127.0.0.1") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set_result(None)
        self._thread.join()

    def recording(self) -> Recording:
        """All exchanges so far in the order in which the requests came in; one that still goes on says so in `error`."""
        kept = (capture.exchange or capture.so_far(_GOES_ON) for capture in tuple(self._captures))
        return Recording(tuple(kept), source=f"(recorded from {self.upstream})")

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # handed to the thread that waits in __enter__
            if self._started.done():
                raise
            self._started.set_exception(error)

    async def _serve(self) -> None:
        # A connection of its own for every request: a kept one that the system just closed would fail a POST.
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
                handler_cancellation=True,  # when the browser leaves, the system is let go too
                auto_decompress=False,
                max_line_size=_LONGEST_LINE,
                max_field_size=_LONGEST_LINE,
                access_log=None,
            )
            runner = web.ServerRunner(server, shutdown_timeout=0.5)
            await runner.setup()
            try:
                await web.TCPSite(runner, "127.0.0.1", 0).start()
                self._started.set_result(runner.addresses[0][1])
                await asyncio.wrap_future(self._stop)
            finally:
                await runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        headers = _pairs(request.raw_headers)
        capture = Capture(request.method, f"http://{request.host}{request.raw_path}", headers, len(self._captures) + 1)
        self._captures.append(capture)
        address = URL(self.upstream + request.raw_path, encoded=True)
        try:
            if capture.destination == WEBSOCKET:
                return await tunnel(request, address, self._session, capture)
            return await self._pass_on(request, address, capture)
        except _LOST as error:
            return self._lost(request, capture, f"{type(error).__name__}: {error}".removesuffix(": "))
        finally:
            capture.end("the client went away before the answer ended")

    async def _pass_on(self, request: web.BaseRequest, address: URL, capture: Capture) -> web.StreamResponse:
        if request.headers.get("expect", "").lower() == "100-continue":
            await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        async with self._session.request(
            request.method,
            address,
            headers=CIMultiDict(without(end_to_end(capture.headers), {"expect"})),
            data=_sent(request, capture) if request.can_read_body else None,
            allow_redirects=False,
            skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent", "Content-Type"),
        ) as answer:
            capture.answer(answer.status, answer.reason or "", _pairs(answer.raw_headers))
            passed = _Verbatim(answer.status, answer.reason, end_to_end(_pairs(answer.raw_headers)))
            await passed.prepare(request)
            async for chunk in answer.content.iter_any():
                capture.response_body.add(chunk)
                await passed.write(chunk)
            await passed.write_eof()
        capture.end()
        return passed

    def _lost(self, request: web.BaseRequest, capture: Capture, reason: str) -> web.StreamResponse:
        capture.end(reason)
        if capture.answered and request.transport is not None:
            request.transport.close()  # the head has gone out: a cut connection is the only true thing left to say
        call = f"{request.method} {request.raw_path}"
        text = f"Backfit's recorder: the system at {self.upstream} did not answer {call}\n{reason}\n"
        return web.Response(status=502, text=text)


class _Verbatim(web.StreamResponse):
    """An answer that gets no Content-Type when the system sent none: a browser would download what it should show."""

    def __init__(self, status: int, reason: str | None, headers: Headers) -> None:
        super().__init__(status=status, reason=reason, headers=CIMultiDict(headers))
        self._typed = "Content-Type" in self.headers

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        if not self._typed:
            self.headers.popall("Content-Type", None)


async def _sent(request: web.BaseRequest, capture: Capture) -> AsyncIterator[bytes]:
    async for chunk in request.content.iter_any():
        capture.request_body.add(chunk)
        yield chunk


def _pairs(raw: tuple[tuple[bytes, bytes], ...]) -> Headers:
    return tuple((name.decode("latin-1"), _text(value)) for name, value in raw)


def _text(value: bytes) -> str:
    """Header values are written as UTF-8 here, so those in ISO 8859-1 (RFC 9110 knows no other) change their bytes."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
