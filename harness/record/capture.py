"""What is kept of one exchange while it passes through the proxy."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from harness.model.exchange import Exchange, Headers, Request, Response, header
from harness.record.destination import destination
from harness.record.encodings import LIMIT, decoded
from harness.record.messages import Messages
from harness.record.room import Room


class Kept:
    """The first `LIMIT` bytes of a body that streams by, as far as there is room, and how many there were in all."""

    def __init__(self, room: Room | None = None) -> None:
        self.size = self.held = 0
        self._room = room or Room(LIMIT)
        self._chunks: list[bytes] = []

    def add(self, chunk: bytes) -> None:
        """Keep as much of `chunk` as still fits; nothing more where something is missing already."""
        fits = min(len(chunk), LIMIT - self.held) if self.held == self.size else 0
        got = self._room.take(fits)
        if got:
            self._chunks.append(chunk[:got])
            self.held += got
        self.size += len(chunk)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it was left out."""
        return self.held == self.size

    def decoded(self, headers: Headers, name: str) -> tuple[bytes, str | None]:
        """The body with its Content-Encoding undone, and a note where it is not whole."""
        body = b"".join(self._chunks)
        note = None if self.is_whole else f"{name} body: only the first {self.held} bytes are kept"
        try:
            plain = decoded(body, header(headers, "content-encoding") or "", LIMIT + 1)
        except ValueError as error:
            return body, f"{name} body: kept as sent, {error}"
        if len(plain) > LIMIT:
            return plain[:LIMIT], f"{name} body: only the first {LIMIT} bytes are kept"
        return plain, note


class Capture:
    """Filled as the exchange goes on; `exchange` is there once it has ended. `more` is further meta."""

    def __init__(
        self,
        method: str,
        url: str,
        headers: Headers,
        number: int,
        *,
        room: Room | None = None,
        more: dict[str, Any] | None = None,
    ) -> None:
        self.method, self.url, self.headers = method, url, headers
        room = room or Room(2 * LIMIT)
        self.request_body, self.response_body, self.messages = Kept(room), Kept(room), Messages(room)
        self.exchange: Exchange | None = None
        self.destination = destination(Request(method, url, headers), None)
        self.broken: str | None = None
        """What was wrong with the request's body, where its end never came."""
        self.number = number
        self._more = more or {}
        self._head: tuple[int, str, Headers] | None = None
        self._started = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self._clock = time.monotonic()

    @property
    def held(self) -> int:
        """Bytes of room that it takes."""
        return self.request_body.held + self.response_body.held + self.messages.held

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
        notes = "; ".join(note for note in (request_note, response_note, self.messages.note) if note)
        return Exchange(
            request=request,
            response=response,
            id=f"c{self.number:04d}",
            error=error,
            started=self._started,
            elapsed=time.monotonic() - self._clock,
            meta={
                "dest": destination(request, response),
                **self._more,
                **({"messages": list(self.messages.kept)} if self.messages.kept else {}),
                **({} if self.broken is None and self.request_body.is_whole else {"incomplete": True}),
                **({"note": notes} if notes else {}),
            },
        )

    def _response(self) -> tuple[Response | None, str | None]:
        if self._head is None:
            return None, None
        status, reason, headers = self._head
        body, note = self.response_body.decoded(headers, "response")
        return Response(status, headers, body, reason), note
