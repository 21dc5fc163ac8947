"""A reverse proxy that stands where the system stood and keeps every exchange that a plugin has with it.

What passes is not touched, but for the scripts of workers, which may begin with a prelude. Only what is kept is prepared:
bodies decoded and bounded, and what each request was for.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import StreamReader, web

from harness.model.errors import BackfitError, EnvironmentFailed
from harness.model.exchange import Headers, Recording
from harness.record.addresses import asked_origin, begun_call, split_target
from harness.record.capture import Capture, Kept
from harness.record.destination import WEBSOCKET
from harness.record.headers import end_to_end
from harness.record.hosts import ANY, Hosts
from harness.record.keeping import Keeping, Redact, as_it_is
from harness.record.prelude import begun_with, is_script, is_worker
from harness.record.pushed import is_pushed, take
from harness.record.reverse_proxy import LOST, ReverseProxy, Verbatim, pairs, reason
from harness.record.setting import Reached
from harness.record.tunnel import tunnel

_LOWEST_STATUS = 100


class RecordingProxy(ReverseProxy):
    """Records what passes to `upstream` (`http://host:port`) while the context is open, on a free loopback port.

    Each exchange that has ended is in the file `keep` (`.har.ndjson`) at once, less what `redact` hides. What our own code in
    pages tells of reads goes into `reads`; scripts of workers begin with `prelude`. Calls that come as to a proxy are led
    as `hosts` says. Raises EnvironmentFailed or UsageError where it cannot listen, or not make the file.
    """

    role = "recorder"
    verifies = False  # the system is one that was started for this: its certificate is its own

    def __init__(
        self,
        upstream: str,
        *,
        hosts: Hosts = ANY,
        keep: Path | None = None,
        reads: Path | None = None,
        prelude: bytes = b"",
        redact: Redact = as_it_is,
    ) -> None:
        super().__init__(upstream)
        self._hosts, self._prelude, self._reads = hosts, prelude, reads
        self._keeping = Keeping(keep, redact)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self._keeping)
            super().__enter__()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        self._stack.close()

    @property
    def reached(self) -> Reached:
        """Where the plugin finds the system."""
        return Reached(self.url)

    def recording(self) -> Recording:
        """All exchanges so far in the order in which the requests came in; one that still goes on says so in `error`.

        Raises EnvironmentFailed where not all could be written to `keep` or `reads`.
        """
        return self._keeping.recording(f"recorded from {self.upstream}")

    def cannot_listen(self, error: Exception) -> BackfitError:
        """The machine has no port to give."""
        return EnvironmentFailed(f"the recording proxy cannot listen: {error}", where=self.host)

    async def respond(self, request: web.BaseRequest, target: str, headers: Headers) -> web.StreamResponse:
        """Pass the call on and keep it, whatever becomes of it."""
        try:
            if is_pushed(target):
                return await take(request, self._reads)
            return await self._kept(request, target, headers)
        except (*LOST, web.HTTPException):
            raise
        except Exception as error:
            self._keeping.fail(error)
            raise

    def unreadable(self, begun: bytes, why: str) -> None:
        """Keep at least which call it was meant to be, where it says so."""
        call = begun_call(begun, self.url)
        if call is None or is_pushed(call[2]):
            return
        method, asked, target = call
        capture = self._keeping.begin(method, asked + target, ())
        capture.broken = why
        capture.end(f"the request is no HTTP: {why}")
        self._keeping.ended(capture)

    async def _kept(self, request: web.BaseRequest, target: str, headers: Headers) -> web.StreamResponse:
        asked = asked_origin(split_target(request.raw_path)[0], request.headers.get("Host"), self.url)
        at = None if self._hosts.is_system(asked) else asked
        more = {"elsewhere": at} if at else None
        capture = self._keeping.begin(request.method, asked + target, headers, more)
        try:
            if at and not self._hosts.is_allowed(at):
                return _refused(at, capture)
            return await self._passed(request, target, capture, at)
        except LOST as error:
            if capture.broken is not None:
                return _broken_off(capture)
            capture.end(reason(error))
            raise
        except web.HTTPException as refusal:  # a handshake that is none
            capture.end(f"the request was refused: {refusal.text}")
            raise
        finally:
            capture.end("the client went away before the answer ended")
            self._keeping.ended(capture)

    async def _passed(
        self, request: web.BaseRequest, target: str, capture: Capture, at: str | None
    ) -> web.StreamResponse:
        if capture.destination == WEBSOCKET:
            verifies = at is not None or self.verifies
            return await tunnel(request, self.address(target, at), self.session, capture, verifies=verifies)
        body = _sent(request.content, capture) if request.can_read_body else None
        async with self.ask(request.method, target, capture.headers, body, at) as answer:
            headers = pairs(answer.raw_headers)
            if answer.status < _LOWEST_STATUS:
                raise aiohttp.ClientPayloadError(f"the system answered with status {answer.status}")
            capture.answer(answer.status, answer.reason or "", headers)
            passed = await self._answer(request, answer, capture, headers)
        capture.end()
        return passed

    async def _answer(
        self, request: web.BaseRequest, answer: aiohttp.ClientResponse, capture: Capture, headers: Headers
    ) -> web.StreamResponse:
        """The answer, sent on and kept; a worker's script is sent with the prelude, and kept without."""
        sent, body = end_to_end(headers), _keeping(answer.content, capture.response_body)
        if self._prelude and is_worker(capture.destination) and is_script(answer.status, headers):
            sent, body = await begun_with(self._prelude, sent, body)
        return await Verbatim(answer.status, answer.reason, sent).send(request, body)


def _broken_off(capture: Capture) -> web.Response:
    what = f"the request broke off: {capture.broken}"
    capture.end(what)
    answer = web.Response(status=400, text=f"Backfit's recorder: {what}\n")
    answer.force_close()  # what follows on the connection cannot be read
    return answer


def _refused(origin: str, capture: Capture) -> web.Response:
    what = f"refused by policy: {origin} is not the system, and was not allowed"
    capture.end(what)
    return web.Response(status=502, text=f"Backfit's recorder: {capture.method} {capture.url}\n{what}\n")


async def _sent(content: StreamReader, capture: Capture) -> AsyncIterator[bytes]:
    """The request's body; the client that sends it calls every failure one of the connection, so its own is noted here."""
    try:
        async for chunk in _keeping(content, capture.request_body):
            yield chunk
    except Exception as error:
        capture.broken = reason(error)
        raise


async def _keeping(content: StreamReader, kept: Kept) -> AsyncIterator[bytes]:
    async for chunk in content.iter_any():
        kept.add(chunk)
        yield chunk
