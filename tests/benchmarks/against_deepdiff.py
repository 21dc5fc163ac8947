"""Our comparison of two answers beside DeepDiff's: parsed bodies in, every place that differs with both values out.

`python -m tests.benchmarks.against_deepdiff [old.har new.har]` prints a row for each set of bodies. Both get the same parsed
bodies in one process, by turns; a figure is the median of the rounds.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from itertools import islice
from pathlib import Path
from statistics import median

from deepdiff import DeepDiff

from harness.changes.evidence import read_body
from harness.changes.pairing import pair
from harness.changes.quick import spots
from harness.lens.answer import ABSENT
from harness.model.exchange import Exchange, Recording
from harness.model.json_text import Json
from harness.record.har import read_har
from tests.benchmarks.streaming import made
from tests.pairs.answers import recording

_LEAST = 100
_FEW = 20
"""Places a pair, on average: more is an answer in which nearly everything differs."""

Bodies = list[tuple[Json, Json]]

_ROUNDS = 7
_REPEATS = 20
"""Ours takes less than a millisecond for all: too little to be measured at once."""

_PAIRS = 60


def ratio() -> float:
    """How many times as long DeepDiff takes for answers of 5 kB as the steps leave them: what a stream compares."""
    return _times(upgraded())


def upgraded() -> Bodies:
    """Answers after an upgrade that is explained, with a value that differs in one of four."""
    bodies = of_both(list(islice(made(_PAIRS, new=False), _PAIRS)), list(islice(made(_PAIRS, new=False), _PAIRS)))
    for number, (_, new) in enumerate(bodies):
        if number % 4 == 0:
            new["level"] = "drift"
    return bodies


def renamed() -> Bodies:
    """Answers of the old and of the new version as they are: in each a member is new, in some one has another name or type."""
    return of_both(list(made(_PAIRS, new=False)), list(made(_PAIRS, new=True)))


def rows_renamed() -> Bodies:
    """The same member has another name in each of the rows: as many differences as rows."""
    bodies = of_both(list(made(_PAIRS, new=False)), list(made(_PAIRS, new=False)))
    for _, new in bodies:
        for line in next(value for key, value in new.items() if key.endswith("Lines")):
            line["sku_code"] = line.pop("sku")
    return bodies


def recorded() -> Bodies:
    """Two runs of one version of json-server."""
    sides = recording("control-json-server-again", "old.json"), recording("control-json-server-again", "new.json")
    return [both for side in [sides] if side[0] and side[1] for both in paired(side[0], side[1])]


def paired(old: Recording, new: Recording) -> Bodies:
    """The bodies of two recordings that are JSON on both sides."""
    pairs = pair(old, new).pairs
    return of_both([each.old for each in pairs], [each.new for each in pairs])


def of_both(old: Iterable[Exchange], new: Iterable[Exchange]) -> Bodies:
    """The same, of exchanges in the same order. Nothing is shared between the two sides."""
    read = [
        (read_body(one.response), read_body(other.response))
        for one, other in zip(old, new, strict=True)
        if one.response is not None and other.response is not None
    ]
    return [deepcopy(both) for both in read if ABSENT not in both]


def _times(bodies: Bodies) -> float:
    ours, theirs = [], []
    for _ in range(_ROUNDS):
        ours.append(_seconds(bodies, spots, _REPEATS))
        theirs.append(_seconds(bodies, lambda old, new: DeepDiff(old, new, ignore_order=False, view="tree")))
    return median(theirs) / median(ours)


def _seconds(bodies: Bodies, compare: Callable[[Json, Json], object], repeats: int = 1) -> float:
    """Processor time for all bodies, once. The other's garbage is not on the bill."""
    gc.collect()
    start = time.process_time()
    for _ in range(repeats):
        for old, new in bodies:
            compare(old, new)
    return (time.process_time() - start) / repeats


def main(arguments: Sequence[str]) -> int:
    """A row for each set of bodies; 1 where one with a limit misses it.

    Where nearly everything differs, naming the places takes most of the time: such rows are shown, and have no limit.
    """
    rows = {
        "5 kB, after the shim": upgraded(),
        "5 kB, old and new as they are": renamed(),
        "5 kB, a name in every row": rows_renamed(),
        "recorded, two runs of one version": recorded(),
    }
    if arguments:
        old, new = map(Path, arguments)
        rows[f"{old.parent.name}/{old.name} {new.name}"] = paired(read_har(old), read_har(new))
    print(f"{'':44}{'pairs':>6}{'places':>8}{'x DeepDiff':>12}{'limit':>8}")
    missed = 0
    for name, bodies in rows.items():
        places = sum(len(spots(old, new)) for old, new in bodies)
        times = _times(bodies)
        limit = _LEAST if places <= _FEW * len(bodies) else None
        missed += limit is not None and times < limit
        said = "   MISSED" if limit is not None and times < limit else ""
        print(f"{name:44}{len(bodies):>6}{places:>8}{times:>12.0f}{limit or '-':>8}{said}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
