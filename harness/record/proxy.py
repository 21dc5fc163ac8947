"""A reverse proxy that stands where the system stood and keeps every exchange that a plugin has with it.

What passes is not touched. Only what is kept is prepared: bodies decoded and bounded, and what each request was for.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiohttp import StreamReader, web

from harness.model.errors import BackfitError, EnvironmentFailed
from harness.model.exchange import Headers, Recording
from harness.record.capture import Capture, Kept
from harness.record.destination import WEBSOCKET
from harness.record.headers import end_to_end
from harness.record.reverse_proxy import LOST, ReverseProxy, Verbatim, pairs, reason
from harness.record.tunnel import tunnel

_GOES_ON = "the answer had not ended when the recording was read"


class RecordingProxy(ReverseProxy):
    """Records what passes to `upstream` (`http://host:port`) while the context is open, on a free loopback port."""

    role = "recorder"

    def __init__(self, upstream: str) -> None:
        super().__init__(upstream)
        self._captures: list[Capture] = []

    def recording(self) -> Recording:
        """All exchanges so far in the order in which the requests came in; one that still goes on says so in `error`."""
        kept = (capture.exchange or capture.so_far(_GOES_ON) for capture in tuple(self._captures))
        return Recording(tuple(kept), source=f"(recorded from {self.upstream})")

    def cannot_listen(self, error: Exception) -> BackfitError:
        """The machine has no port to give."""
        return EnvironmentFailed(f"the recording proxy cannot listen: {error}", where=self.host)

    async def respond(self, request: web.BaseRequest, target: str, headers: Headers) -> web.StreamResponse:
        """Pass the call on and keep it, whatever becomes of it."""
        capture = Capture(request.method, f"http://{request.host}{target}", headers, len(self._captures) + 1)
        self._captures.append(capture)
        try:
            if capture.destination == WEBSOCKET:
                return await tunnel(request, self.address(target), self.session, capture)
            return await self._pass_on(request, target, capture)
        except LOST as error:
            capture.end(reason(error))
            raise
        finally:
            capture.end("the client went away before the answer ended")

    async def _pass_on(self, request: web.BaseRequest, target: str, capture: Capture) -> web.StreamResponse:
        body = _keeping(request.content, capture.request_body) if request.can_read_body else None
        async with self.ask(request.method, target, capture.headers, body) as answer:
            headers = pairs(answer.raw_headers)
            capture.answer(answer.status, answer.reason or "", headers)
            passed = Verbatim(answer.status, answer.reason, end_to_end(headers))
            await passed.send(request, _keeping(answer.content, capture.response_body))
        capture.end()
        return passed


async def _keeping(content: StreamReader, kept: Kept) -> AsyncIterator[bytes]:
    async for chunk in content.iter_any():
        kept.add(chunk)
        yield chunk
