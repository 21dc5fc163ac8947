"""What is kept of a WebSocket: its first messages, each way, as Chromium writes them into a HAR."""

from __future__ import annotations

import base64
import time
from typing import Literal

from harness.model.json_text import Json
from harness.record.room import Room

MOST = 10_000
"""Messages of one socket that are kept."""
LARGEST = 8 * 1024 * 1024
"""Bytes of them."""

_TEXT, _BINARY = 1, 2
"""Opcodes (RFC 6455, 5.2)."""

Way = Literal["send", "receive"]
"""`send` is what the plugin sent."""


class Messages:
    """`kept` are objects of `type`, `time` (seconds since 1970), `opcode` and `data` (base64 where it is binary)."""

    def __init__(self, room: Room) -> None:
        self.kept: list[Json] = []
        self.held = 0
        self._room, self._count = room, 0

    def add(self, way: Way, data: str | bytes) -> None:
        """Keep a message, unless one before it was left out: a gap would not be seen."""
        is_next, size = len(self.kept) == self._count, len(data)
        self._count += 1
        if not is_next or len(self.kept) == MOST or size > LARGEST - self.held:
            return
        if not self._room.holds(size):
            return
        self.held += size
        text = data if isinstance(data, str) else base64.b64encode(data).decode()
        opcode = _TEXT if isinstance(data, str) else _BINARY
        self.kept.append({"type": way, "time": time.time(), "opcode": opcode, "data": text})

    @property
    def note(self) -> str | None:
        """What must be said of those that are not kept."""
        kept = len(self.kept)
        return f"messages: only the first {kept} of {self._count} are kept" if kept < self._count else None
