"""A reverse proxy in front of OLD that answers as OLD would if places of its answers were gone, null or of another type."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable

from aiohttp import web

from harness.ablation.edits import AnswerEdits, Edit, by_operation
from harness.model.body import is_endless
from harness.model.errors import BackfitError, EnvironmentFailed
from harness.model.exchange import Headers, Request, Response, header
from harness.model.operation import Operation
from harness.record.capture import Capture
from harness.record.destination import WEBSOCKET
from harness.record.encodings import LIMIT, unpacked
from harness.record.headers import end_to_end, without
from harness.record.passing import hold, joined, once
from harness.record.reverse_proxy import ReverseProxy, Verbatim, pairs
from harness.record.tunnel import tunnel

_BODILESS = frozenset({204, 304})
_CODING = frozenset({"content-encoding"})
_LENGTH = frozenset({"content-length"})


class AblatingProxy(ReverseProxy):
    """Serves `upstream` (`http://host:port`) with `edits` while the context is open; `url` says where.

    `met` are the edits that an answer so far had the place for. An answer without such a place passes byte for byte.
    """

    role = "ablation"
    verifies = False  # the system is one that was started for this: its certificate is its own

    def __init__(self, upstream: str, edits: Iterable[Edit], operation_of: Callable[[Request], Operation]) -> None:
        super().__init__(upstream)
        self._edits = by_operation(edits)
        self._operation_of = operation_of
        self._asks_body = any(operation.discriminator for operation in self._edits)
        self.met: frozenset[Edit] = frozenset()

    def cannot_listen(self, error: Exception) -> BackfitError:
        """The machine has no port to give."""
        return EnvironmentFailed(f"the ablating proxy cannot listen: {error}", where=self.host)

    async def respond(self, request: web.BaseRequest, target: str, headers: Headers) -> web.StreamResponse:
        """Pass the call on, and the answer with its edits."""
        if (header(headers, "upgrade") or "").lower() == WEBSOCKET:
            capture = Capture(request.method, str(request.url), headers, 0)
            return await tunnel(request, self.address(target), self.session, capture, verifies=self.verifies)
        begun = await hold(request.content, LIMIT) if self._asks_body else b""
        asked = Request(request.method, f"http://{request.host}{target}", headers, begun)
        edits = self._edits.get(self._operation_of(asked)) if self._edits else None
        body = joined(begun, request.content) if request.can_read_body or begun else None
        async with self.ask(request.method, target, headers, body) as answer:
            head = Response(answer.status, end_to_end(pairs(answer.raw_headers)), b"", answer.reason or "")
            if edits is None:
                return await _sent(request, head, answer.content.iter_any())
            if is_endless(answer.headers.get("content-type", "")) or (answer.content_length or 0) > LIMIT:
                return await _sent(request, self._edited(head, edits), answer.content.iter_any())
            held = await hold(answer.content, LIMIT)
            if len(held) > LIMIT:
                return await _sent(request, self._edited(head, edits), joined(held, answer.content))
        return await self._whole(request, head, held, edits)

    async def _whole(
        self, request: web.BaseRequest, head: Response, held: bytes, edits: AnswerEdits
    ) -> web.StreamResponse:
        plain = _plain(head, held)
        edited = self._edited(plain or head, edits)
        if plain is None or edited.body is plain.body:  # the coding stays where only the head is another
            coded = tuple(pair for pair in head.headers if pair[0].lower() in _CODING)
            edited = Response(edited.status, (*without(edited.headers, _CODING), *coded), held, edited.reason)
        passed = Verbatim(edited.status, edited.reason, without(edited.headers, _LENGTH))
        if request.method == "HEAD":
            passed = Verbatim(edited.status, edited.reason, edited.headers)
        elif edited.status not in _BODILESS:
            passed.content_length = len(edited.body)
        return await passed.send(request, once(edited.body))

    def _edited(self, response: Response, edits: AnswerEdits) -> Response:
        edited = edits.apply(response)
        self.met |= edited.met
        return edited.response


def _plain(head: Response, held: bytes) -> Response | None:
    """The answer with its coding undone; None where that cannot be done."""
    try:
        body = unpacked(held, header(head.headers, "content-encoding") or "")
    except ValueError:
        return None
    return Response(head.status, without(head.headers, _CODING), body, head.reason)


async def _sent(request: web.BaseRequest, head: Response, body: AsyncIterable[bytes]) -> web.StreamResponse:
    return await Verbatim(head.status, head.reason, head.headers).send(request, body)
