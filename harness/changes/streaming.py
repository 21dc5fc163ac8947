"""The study of two recordings past memory size: it learns on some of their calls, and holds what it learned against all.

What it needs grows with the forms of the answers, not with their number. A recording that is small is studied as a whole,
with the very findings of `study`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from harness.changes.evidence import gather
from harness.changes.findings import findings, skipped
from harness.changes.pairing import Pairing
from harness.changes.streaming_check import Check
from harness.changes.streaming_count import count_anew, with_counts
from harness.changes.streaming_marks import BEYOND, Marks
from harness.changes.streaming_noise import StreamNoise
from harness.changes.streaming_pairs import Runs, Shelf, size
from harness.changes.streaming_reading import Reading, Stream, Tell
from harness.changes.streaming_sample import MOST_BYTES, Sample
from harness.changes.study import Study, study, study_pairs
from harness.model.change import Change
from harness.model.exchange import Exchange, Recording
from harness.model.json_text import allow_depth
from harness.schema.operations import Learner

_ROUNDS = 4
"""So often is learned, each time with the calls that did not fit; what does not fit in the end is reported as it is."""

_WRITES = 256
_NAMES = ("OLD's recording", "NEW's recording", "OLD's second run", "NEW's second run")


@dataclass(frozen=True)
class StreamStudy:
    """`study` is that of the calls in the sample, with the counts of all; `check` made these, None where the sample is all.

    `skipped` maps a reason to how many calls were not compared; `calls` is how many paired.
    """

    study: Study
    check: Check | None
    calls: int
    skipped: dict[str, int]

    def findings(self) -> list[Change]:
        """As `findings.findings` gives them: every change at every place, the worst first."""
        changes = findings(self.study)
        if self.check is None:
            return changes
        return list(with_counts(changes, self.check, len(self.study.pairing.pairs), self.calls))


def study_streams(
    old: Stream,
    new: Stream,
    old_again: Stream | None = None,
    new_again: Stream | None = None,
    *,
    shelf: Callable[[], Shelf],
    templates: Iterable[str] = (),
    most_bytes: int = MOST_BYTES,
    tell: Tell = lambda text: None,
) -> StreamStudy:
    """Read, learn, hold against all, and learn again where that shows news.

    `shelf` makes a place where calls wait that come in another order; `most_bytes` bounds the sample. `templates` and
    `tell` are as in `study`. Raises UsageError where nothing pairs, and whatever reading a stream raises.
    """
    streams = [old, new, old_again, new_again]
    match _held(streams, most_bytes):
        case [Recording() as whole_old, Recording() as whole_new, again, twice]:
            found = study(whole_old, whole_new, again, twice, templates=templates, tell=tell)
            return StreamStudy(found, None, len(found.pairing.pairs), skipped(found))
    allow_depth()
    reading = Reading(streams, shelf, tell)
    learner = Learner(templates)
    for number, exchange in enumerate(old(), 1):
        learner.add(exchange)
        reading.told("learning operations", number)
    marks, sample = Marks(), Sample(most_bytes)
    noise = StreamNoise(learner.operations().of, measured=reading.measured)
    _draw(reading, sample, marks, noise)
    found, check = _learned(reading, sample, marks, noise, tell)
    count_anew(found, check)
    skips = reading.skipped() | ({BEYOND: check.beyond} if check.beyond else {})
    return StreamStudy(found, check, reading.calls, skips)


def _held(streams: Sequence[Stream | None], most_bytes: int) -> list[Recording | None] | None:
    """All that the streams hold; None where it is more than `most_bytes`."""
    held: list[Recording | None] = []
    for name, stream in zip(_NAMES, streams, strict=True):
        exchanges: list[Exchange] = []
        for exchange in stream() if stream is not None else ():
            exchanges.append(exchange)
            most_bytes -= size(exchange)
            if most_bytes < 0:
                return None
        held.append(None if stream is None else Recording(tuple(exchanges), source=name))
    return held


def _learned(reading: Reading, sample: Sample, marks: Marks, noise: StreamNoise, tell: Tell) -> tuple[Study, Check]:
    """Study the sample, until it shows all that there is."""
    rounds = 0
    while True:
        pairing = Pairing(tuple(runs.paired for runs in sample.runs()), (), ())
        found = study_pairs(pairing, noise.operation_of, noise.of(sample.evenly()), tell=tell)
        check = Check(found, marks)
        for batch in reading.batches(again=False):
            for position, news in check.take([runs.paired for runs in batch]):
                sample.offer_again(batch[position], news)
        rounds += 1
        if not check.unsaid or rounds == _ROUNDS:
            return found, check
        del found, check  # two studies at a time would take twice the memory


def _draw(reading: Reading, sample: Sample, marks: Marks, noise: StreamNoise) -> None:
    """Fill the sample, and measure the noise, in one pass."""
    writes: dict[str, Runs] = {}
    for batch in reading.batches(again=True):
        noise.take(batch)
        answered = 0
        for of in gather([runs.paired for runs in batch], noise.operation_of):
            for case in of.cases:
                runs = batch[case.number]
                write = _write_before(writes, runs)
                beside = [] if write is None else [write]
                sample.offer(runs, (of.operation, of.forward), marks.of(case), beside)
                answered += 1
        reading.unanswered += len(batch) - answered


def _write_before(writes: dict[str, Runs], runs: Runs) -> Runs | None:
    """The last write where a call reads: only both together show that a call has lost its effect."""
    request = runs.old.request
    if request.method in ("PUT", "PATCH", "DELETE"):
        writes.pop(request.path, None)
        writes[request.path] = runs
        if len(writes) > _WRITES:
            del writes[next(iter(writes))]
        return None
    return writes.get(request.path) if request.method == "GET" else None
