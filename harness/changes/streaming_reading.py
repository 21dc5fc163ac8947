"""Reading up to four recordings side by side, again and again, a batch of paired calls at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from harness.changes.findings import skips
from harness.changes.renewed import same_ids
from harness.changes.streaming_pairs import Alone, Runs, Shelf, runs_of
from harness.model.errors import UsageError
from harness.model.exchange import Exchange, Recording

Stream = Callable[[], Iterator[Exchange]]
"""Reads a recording, from its beginning each time that it is called."""

Tell = Callable[[str], None]

_BATCH = 128
_BATCH_BYTES = 2 * 1024 * 1024
_TOLD = 10_000


class Reading:
    """Reads the streams side by side, as often as it is asked to, and counts."""

    def __init__(self, streams: Sequence[Stream | None], shelf: Callable[[], Shelf], tell: Tell) -> None:
        self.calls = 0
        self.unanswered = 0
        self.measured = any(stream is not None for stream in streams[2:])
        self._alone = Alone()
        self._streams = streams
        self._shelf = shelf
        self._tell = tell

    def batches(self, *, again: bool) -> Iterator[list[Runs]]:
        """Every call that pairs, a few at a time, with its second runs or without. UsageError where none does."""
        self.calls, self._alone = 0, Alone()
        sides = [None if stream is None else stream() for stream in self._streams[: 4 if again else 2]]
        batch: list[Runs] = []
        waiting = 0
        with closing(self._shelf()) as shelf:
            for runs in runs_of(sides, shelf, self._alone):
                self.calls += 1
                self.told("comparing", self.calls)
                batch.append(runs)
                waiting += runs.size
                if len(batch) >= _BATCH or waiting >= _BATCH_BYTES:
                    yield self._renamed(batch)
                    batch, waiting = [], 0
        if batch:
            yield self._renamed(batch)
        if not self.calls and (self._alone.old or self._alone.new):
            raise UsageError(
                "no call of OLD's recording has a partner in NEW's",
                hint="entries pair by `_backfit.id`, else by order within method and path: record the same calls on both sides",
            )

    def _renamed(self, batch: list[Runs]) -> list[Runs]:
        """With OLD's ids where each version made its own; second runs show these as noise."""
        if self.measured:
            return batch
        old, new = (Recording(tuple(sides)) for sides in zip(*((runs.old, runs.new) for runs in batch), strict=True))
        alike, _, _ = same_ids(old, new, None, None)
        return [replace(runs, new=exchange) for runs, exchange in zip(batch, alike.exchanges, strict=True)]

    def told(self, doing: str, number: int) -> None:
        """Say now and then how far it is."""
        if number % _TOLD == 0:
            self._tell(f"{doing}: {number:,} calls")

    def skipped(self) -> dict[str, int]:
        """What was not compared, and why."""
        return skips(self._alone.old, self._alone.new, self.unanswered)
