"""Where a recorder keeps exchanges: on the disk as soon as each has ended, and in the memory up to a bound.

What was on the disk when the process was killed is a recording too: `harness.record.salvage` reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from harness.atomic import journal
from harness.model.body import MISSING
from harness.model.exchange import Exchange, Headers, Recording
from harness.model.json_text import serialize
from harness.record.capture import Capture
from harness.record.har_writing import written_entry
from harness.record.room import Room

HEADS = 400 * 1024 * 1024
"""Bytes of exchanges without their bodies, some 200,000 usual ones; later ones are in the journal only, and are counted."""
BODIES = 256 * 1024 * 1024
"""Bytes of bodies and messages, of exchanges that have ended; those that go on may take as much again."""

_OVERHEAD = 1500
"""Bytes that an exchange takes beside its texts."""
_GOES_ON = "the answer had not ended when the recording was read"

Redact = Callable[[Exchange], Exchange]


def as_it_is(exchange: Exchange) -> Exchange:
    """Nothing is hidden."""
    return exchange


class Keeping:
    """What was recorded so far; while the context is open also in a new `.har.ndjson`, the journal, less what `redact` hides.

    Raises UsageError or EnvironmentFailed where the journal cannot be made.
    """

    def __init__(self, journal_path: Path | None = None, redact: Redact = as_it_is) -> None:
        self._path, self._redact = journal_path, redact
        self._going, self._ended, self._heads = Room(BODIES), Room(BODIES), Room(HEADS)
        self._slots: list[Capture | Exchange | None] = []
        self._failure: Exception | None = None
        self._stack = ExitStack()
        self._write: Callable[[str], None] | None = None

    def __enter__(self) -> Self:
        if self._path is not None:
            self._write = self._stack.enter_context(journal(self._path))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write = None
        self._stack.close()

    def begin(self, method: str, url: str, headers: Headers, more: dict[str, Any] | None = None) -> Capture:
        """A request came in."""
        capture = Capture(method, url, headers, len(self._slots) + 1, room=self._going, more=more)
        self._slots.append(capture)
        return capture

    def ended(self, capture: Capture) -> None:
        """The exchange of `capture` has ended: it is written, and takes its place among those held."""
        exchange = capture.exchange
        assert exchange is not None
        self._journal(exchange)
        self._going.give_back(capture.held)
        fits = self._heads.holds(_head_size(exchange))
        self._slots[capture.number - 1] = self._fitting(exchange) if fits else None

    def fail(self, error: Exception) -> None:
        """What was recorded cannot be trusted to be all: the first reason is raised by `recording`."""
        self._failure = self._failure or error

    def recording(self, source: str) -> Recording:
        """All exchanges in the order in which the requests came in; one that still goes on says so in `error`."""
        if self._failure is not None:
            raise self._failure
        slots = tuple(self._slots)
        exchanges = tuple(
            each if isinstance(each, Exchange) else each.exchange or each.so_far(_GOES_ON) for each in slots if each
        )
        if left := len(slots) - len(exchanges):
            source += f"; {left} more calls are {f'only in {self._path}' if self._path else 'not kept'}"
        return Recording(exchanges, source=f"({source})")

    def _journal(self, exchange: Exchange) -> None:
        if self._write is None or self._failure is not None:
            return
        try:
            self._write(serialize(written_entry(self._redact(exchange))).decode())
        except Exception as error:  # noqa: BLE001 (the plugin is served on; `recording` raises it)
            self.fail(error)

    def _fitting(self, exchange: Exchange) -> Exchange:
        """`exchange`, less its bodies where the memory has no room for more of them."""
        request, response = exchange.request, exchange.response
        messages = sum(len(each["data"]) for each in exchange.meta.get("messages", ()))
        size = len(request.body) + (len(response.body) if response else 0) + messages
        if self._ended.holds(size):
            return exchange
        meta = {key: value for key, value in exchange.meta.items() if key != "messages"}
        return replace(
            exchange,
            request=replace(request, body=b""),
            response=response and replace(response, body=b""),
            meta={**meta, "note": MISSING, **({"incomplete": True} if request.body else {})},
        )


def _head_size(exchange: Exchange) -> int:
    request, response = exchange.request, exchange.response
    headers = (*request.headers, *(response.headers if response else ()))
    return _OVERHEAD + len(request.url) + sum(len(name) + len(value) for name, value in headers)
