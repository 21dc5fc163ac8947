"""Work that goes on beside the caller, on threads that do not hold the program back: Ctrl-C ends it soon."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Generic, Self, TypeVar

Asked = TypeVar("Asked")
Got = TypeVar("Got")

_GRACE = 5.0
"""Seconds that work gets to end by itself, and to clear up, when nobody waits for it any more."""


class Workers(Generic[Asked, Got]):
    """Does `work` for each thing asked, each on a thread of its own; the caller says how many go on at once."""

    def __init__(self, work: Callable[[Asked], Got], grace: float = _GRACE) -> None:
        self._work, self._grace = work, grace
        self._done: SimpleQueue[tuple[Asked, Future[Got]]] = SimpleQueue()
        self.running = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        until = time.monotonic() + self._grace
        while self.running:
            try:
                self._done.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                return
            self.running -= 1

    def begin(self, asked: Asked) -> None:
        """Start working for `asked`."""
        self.running += 1
        threading.Thread(target=self._run, args=(asked,), daemon=True, name="backfit-worker").start()

    def ended(self) -> tuple[Asked, Got]:
        """What was asked first to end, and its result; waits for it. Raises what the work raised."""
        asked, future = self._done.get()
        self.running -= 1
        return asked, future.result()

    def _run(self, asked: Asked) -> None:
        future: Future[Got] = Future()
        try:
            future.set_result(self._work(asked))
        except BaseException as error:  # noqa: BLE001  handed to the thread that waits in `ended`
            future.set_exception(error)
        self._done.put((asked, future))
