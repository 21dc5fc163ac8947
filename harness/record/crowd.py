"""A server for plugins that do not behave: thousands of silent connections do not lock it, and what is no HTTP is told."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import StreamReader, web
from aiohttp.http import HttpProcessingError
from aiohttp.web_protocol import RequestHandler, _ErrInfo

MOST = 2000
"""Connections at once, if the process may open three times as many files: a call needs two of them."""

_BEGINNING = 4096

Handle = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
Unreadable = Callable[[bytes, str], None]
"""Is told the first bytes of what is no HTTP, and what is wrong with it."""


class Crowd(web.Server):
    """aiohttp's server, with a bound on the connections: those on which no whole request has come stand in line to go."""

    def __init__(self, handle: Handle, unreadable: Unreadable, **settings: Any) -> None:
        super().__init__(self._served, **settings)
        self.unreadable = unreadable
        self._handle, self._settings = handle, settings
        self._most = min(MOST, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 3)
        self._silent: dict[RequestHandler, None] = {}
        self._busy: set[RequestHandler] = set()

    def __call__(self) -> RequestHandler:
        """What speaks on one connection."""
        settings = {name: value for name, value in self._settings.items() if name != "handler_cancellation"}
        return _Connection(self, loop=asyncio.get_running_loop(), **settings)

    def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
        """Let a connection in; where there are too many, the one that has been silent longest goes."""
        super().connection_made(handler, transport)
        if len(self._silent) + len(self._busy) >= self._most and self._silent:
            longest = next(iter(self._silent))
            del self._silent[longest]
            longest.force_close()
        self._silent[handler] = None

    def connection_lost(self, handler: RequestHandler, exc: BaseException | None = None) -> None:
        """One has gone."""
        super().connection_lost(handler, exc)
        self._silent.pop(handler, None)

    async def _served(self, request: web.BaseRequest) -> web.StreamResponse:
        connection = request.protocol
        self._silent.pop(connection, None)
        assert isinstance(connection, _Connection)
        self._busy.add(connection)
        connection.body = request.content
        try:
            return await self._handle(request)
        finally:
            self._busy.discard(connection)
            connection.body, connection.begun = None, b""
            if request.transport is not None:
                self._silent[connection] = None


class _Connection(RequestHandler):
    """Remembers how a request began, for the case that it cannot be read, and ends a body that goes wrong on its way."""

    __slots__ = ("begun", "body", "crowd")

    def __init__(self, crowd: Crowd, **settings: Any) -> None:
        super().__init__(crowd, **settings)
        self.crowd, self.begun = crowd, b""
        self.body: StreamReader | None = None

    def data_received(self, data: bytes) -> None:
        if len(self.begun) < _BEGINNING:
            self.begun += data[:_BEGINNING]
        super().data_received(data)
        last = self._messages[-1][0] if self._messages else None
        if isinstance(last, _ErrInfo) and self.body is not None and not self.body.is_eof():
            self.body.set_exception(last.exc)  # aiohttp would wait for the rest of it for ever

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        if isinstance(exc, HttpProcessingError):
            self.crowd.unreadable(self.begun, " ".join(exc.message.split()))
        return super().handle_error(request, status, exc, message)
