"""A reverse proxy on a thread of its own: what the recorder and the shim have in common.

It passes on what it gets: raw paths, header order, duplicates, the client's Host, codings and redirects.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from functools import lru_cache
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web
from multidict import CIMultiDict
from yarl import URL

from harness.model.errors import BackfitError
from harness.model.exchange import Headers
from harness.record.addresses import split_target
from harness.record.crowd import Crowd
from harness.record.headers import alike, end_to_end, without

LOST = (aiohttp.ClientError, OSError, TimeoutError)
"""What is raised where the system does not answer, or not to the end."""

_LONGEST_LINE = 256 * 1024
_MOST_LINES = 4096
_BACKLOG = 1024
_SHORT = 256
_ADDED = ("Content-Type", "Date", "Server")

_LOGGER = logging.getLogger(__name__)
_LOGGER.addHandler(
    logging.NullHandler()
)  # what is no HTTP is answered with 400, and not printed over a command's output


class ReverseProxy(ABC):
    """Serves `upstream` (`http://host:port`) while the context is open; `url` says where. Port 0 takes a free one."""

    role: str
    """Who says that the system did not answer: `recorder`, `shim`."""
    verifies: bool = True
    """Whether the system's certificate must be one that this machine trusts."""

    def __init__(self, upstream: str, host: str = "127.0.0.1", port: int = 0) -> None:
        self.upstream = upstream.rstrip("/")
        self.host, self.port = host, port
        self.url = ""
        self.thread = threading.Thread(target=self._run, name=f"backfit-{self.role}", daemon=True)
        self._started: Future[int] = Future()
        self._stop: Future[None] = Future()

    def __enter__(self) -> Self:
        self.thread.start()
        try:
            port = self._started.result()
        except (OSError, UnicodeError) as error:  # a host's name may be none that can be looked up
            raise self.cannot_listen(error) from error
        self.url = f"http://[{self.host}]:{port}" if ":" in self.host else f"http://{self.host}:{port}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set_result(None)
        self.thread.join()

    @abstractmethod
    def cannot_listen(self, error: Exception) -> BackfitError:
        """What to raise where the address cannot be had."""

    @abstractmethod
    async def respond(self, request: web.BaseRequest, target: str, headers: Headers) -> web.StreamResponse:
        """Answer `request` for `target` (a raw path with its query). What is in LOST may be raised and becomes a 502."""

    def unreadable(self, begun: bytes, why: str) -> None:  # noqa: B027 (most have nothing to do then)
        """A client sent what is no HTTP, beginning with `begun`, and is answered with 400."""

    def ask(
        self,
        method: str,
        target: str,
        headers: Headers,
        body: bytes | AsyncIterable[bytes] | None,
        at: str | None = None,
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """The answer of the system, or of the host `at` (`http://host:port`), its body as sent and still to be read."""
        return self.session.request(
            method,
            self.address(target, at),
            headers=CIMultiDict(alike(without(end_to_end(headers), {"expect"}))),
            data=body,
            allow_redirects=False,
            skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent", "Content-Type"),
            ssl=at is not None or self.verifies,
        )

    def address(self, target: str, at: str | None = None) -> URL:
        """Where `target` is served by the system, or by the host `at`."""
        return URL((at or self.upstream) + target, encoded=True)

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
        ) as self.session:
            self.session._retry_connection = False  # it would ask twice where the system gives no answer
            server = Crowd(
                self._handle,
                self.unreadable,
                handler_cancellation=True,  # when the client leaves, the system is let go too
                auto_decompress=False,
                max_line_size=_LONGEST_LINE,
                max_field_size=_LONGEST_LINE,
                max_headers=_MOST_LINES,
                access_log=None,
                logger=_LOGGER,
            )
            runner = web.ServerRunner(server, shutdown_timeout=0.5)
            await runner.setup()
            try:
                await web.TCPSite(runner, self.host, self.port, backlog=_BACKLOG).start()
                self._started.set_result(runner.addresses[0][1])
                await asyncio.wrap_future(self._stop)
            finally:
                await runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        _, target = split_target(request.raw_path)
        if request.headers.get("expect", "").lower() == "100-continue":
            await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        try:
            return await self.respond(request, target, pairs(request.raw_headers))
        except LOST as error:
            call = f"{request.method} {target}"
            text = f"Backfit's {self.role}: the system at {self.upstream} did not answer {call}\n{reason(error)}\n"
            return web.Response(status=502, text=text)


class Verbatim(web.StreamResponse):
    """An answer that gets no header that the system did not send: a Content-Type would make a browser download a page."""

    def __init__(self, status: int, reason: str | None, headers: Headers) -> None:
        super().__init__(status=status, reason=reason, headers=CIMultiDict(headers))
        self._not_sent = [name for name in _ADDED if name not in self.headers]

    async def send(self, request: web.BaseRequest, body: AsyncIterable[bytes]) -> Self:
        """The whole answer; where `body` breaks off, so does the connection."""
        await self.prepare(request)
        try:
            async for chunk in body:
                await self.write(chunk)
        except LOST:
            if request.transport is not None:
                request.transport.close()  # the head has gone out: a cut is the only true thing left to say
            raise
        await self.write_eof()
        return self

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        for name in self._not_sent:
            self.headers.popall(name, None)


def pairs(raw: tuple[tuple[bytes, bytes], ...]) -> Headers:
    """Header lines as they came. Short ones, which come again and again, are held once: a flood of calls has few of them."""
    return tuple(_shared(name, value) if len(value) < _SHORT else _pair(name, value) for name, value in raw)


def reason(error: BaseException) -> str:
    """What went wrong, in one line."""
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def _pair(name: bytes, value: bytes) -> tuple[str, str]:
    return name.decode("latin-1"), _text(value)


_shared = lru_cache(maxsize=4096)(_pair)


def _text(value: bytes) -> str:
    """Header values are written as UTF-8 here, so those in ISO 8859-1 (RFC 9110 knows no other) change their bytes."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
