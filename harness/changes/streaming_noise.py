"""The noise of a stream: where the second runs of a version differ, in all calls; and those of some calls, to judge values by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from harness.changes.evidence import OperationOf
from harness.changes.noise import Noise, noise_between
from harness.changes.streaming_marks import template
from harness.changes.streaming_pairs import Runs
from harness.model.exchange import Exchange, Recording

MOST_PLACES = 10_000
"""So many places of one operation are kept with the names that they have; further ones in maps of ids are one."""

_NOTHING = Recording(())


class StreamNoise:
    """Fill it with `take`, batch by batch; `of` is then the noise for the calls that are studied."""

    def __init__(self, operation_of: OperationOf, *, measured: bool) -> None:
        self.operation_of = operation_of
        self._noise = Noise(measured=measured)

    def take(self, batch: Sequence[Runs]) -> None:
        """Take in what differs between two runs of one version."""
        for part in self._parts(batch):
            for operation, places in part.places.items():
                known = self._noise.places.setdefault(operation, set())
                known.update(map(template, places) if len(known) >= MOST_PLACES else places)
            for operation, names in part.headers.items():
                self._noise.headers.setdefault(operation, set()).update(names)
            self._noise.texts.update(part.texts)

    def of(self, evenly: Sequence[Runs]) -> Noise:
        """The noise of all calls. Values are judged by the second runs of calls that were drawn `evenly`: among those that
        differ between the versions, chance alone would show more than it should.
        """
        old, new = self._parts(evenly)
        return replace(self._noise, old_again=old.old_again, new_again=new.new_again)

    def _parts(self, batch: Sequence[Runs]) -> tuple[Noise, Noise]:
        """OLD's noise and NEW's; each has the second runs of its own side."""
        return self._of_old(batch), self._of_new(batch)

    def _of_old(self, batch: Sequence[Runs]) -> Noise:
        old, again = _recordings((runs.old, runs.old_again) for runs in batch)
        return noise_between(old, again, _NOTHING, None, self.operation_of)

    def _of_new(self, batch: Sequence[Runs]) -> Noise:
        """OLD's calls tell the operation of those that moved."""
        old, _ = _recordings((runs.old, runs.new_again) for runs in batch)
        new, again = _recordings((runs.new, runs.new_again) for runs in batch)
        return noise_between(old, None, new, again, self.operation_of)


def _recordings(rows: Iterable[tuple[Exchange, Exchange | None]]) -> tuple[Recording, Recording]:
    """Both runs of the calls that have a second one."""
    twice = [(one, again) for one, again in rows if again is not None]
    return Recording(tuple(one for one, _ in twice)), Recording(tuple(again for _, again in twice))
