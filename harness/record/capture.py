"""What is kept of one exchange while it passes through the proxy."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from harness.model.exchange import Exchange, Headers, Request, Response, header
from harness.record.destination import destination
from harness.record.encodings import LIMIT, decoded


class Kept:
    """The first `LIMIT` bytes of a body that streams by, and how many there were in all."""

    def __init__(self) -> None:
        self.size = 0
        self._chunks: list[bytes] = []

    def add(self, chunk: bytes) -> None:
        """Keep as much of `chunk` as still fits."""
        room = max(0, LIMIT - self.size)
        if room:
            self._chunks.append(chunk[:room])
        self.size += len(chunk)

    def decoded(self, headers: Headers, name: str) -> tuple[bytes, str | None]:
        """The body with its Content-Encoding undone, and a note where it is not whole."""
        body = b"".join(self._chunks)
        note = f"{name} body: only the first {LIMIT} bytes are kept" if self.size > LIMIT else None
        try:
            plain = decoded(body, header(headers, "content-encoding") or "", LIMIT + 1)
        except ValueError as error:
            return body, f"{name} body: kept as sent, {error}"
        if len(plain) > LIMIT:
            return plain[:LIMIT], f"{name} body: only the first {LIMIT} bytes are kept"
        return plain, note


class Capture:
    """Filled as the exchange goes on; `exchange` is there once it has ended."""

    def __init__(self, method: str, url: str, headers: Headers, number: int) -> None:
        self.method, self.url, self.headers = method, url, headers
        self.request_body, self.response_body = Kept(), Kept()
        self.exchange: Exchange | None = None
        self.destination = destination(Request(method, url, headers), None)
        self._id = f"c{number:04d}"
        self._head: tuple[int, str, Headers] | None = None
        self._started = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self._clock = time.monotonic()

    def answer(self, status: int, reason: str, headers: Headers) -> None:
        """The head of the answer."""
        self._head = (status, reason, headers)

    def end(self, error: str | None = None) -> None:
        """Close the exchange, with `error` where it did not end well. The first call counts."""
        if self.exchange is None:
            self.exchange = self.so_far(error)

    def so_far(self, error: str | None) -> Exchange:
        """The exchange with what has passed until now."""
        body, request_note = self.request_body.decoded(self.headers, "request")
        request = Request(self.method, self.url, self.headers, body)
        response, response_note = self._response()
        meta = {"dest": destination(request, response)}
        notes = "; ".join(note for note in (request_note, response_note) if note)
        return Exchange(
            request=request,
            response=response,
            id=self._id,
            error=error,
            started=self._started,
            elapsed=time.monotonic() - self._clock,
            meta={**meta, "note": notes} if notes else meta,
        )

    def _response(self) -> tuple[Response | None, str | None]:
        if self._head is None:
            return None, None
        status, reason, headers = self._head
        body, note = self.response_body.decoded(headers, "response")
        return Response(status, headers, body, reason), note
