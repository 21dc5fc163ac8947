"""Every answer of an operation takes much longer."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from harness.changes.answers import Sighting
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.change import Level, Support

KIND = Kind(
    id="response-slower",
    number=40,
    title="answers take longer",
    level=Level.INFO,
    stage=Stage.ANSWER,
    witness=Witness(old=({"elapsed": 0.02},), new=({"elapsed": 0.9},)),
    meaning="A plugin with a time limit may give up.",
    undo="None.",
    advice="Measure it on the customer's machine before you believe it.",
    rank=0,
)


_LEAST = 10
_TIMES = 3.0
_SECONDS = 0.1


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """Operations with at least ten calls of which NEW's fastest is slower than OLD's slowest, and by far."""
    for group in study.groups:
        if group.operation is None or len(group.cases) < _LEAST:
            continue
        old = [case.pair.old.elapsed for case in group.cases]
        new = [case.pair.new.elapsed for case in group.cases]
        if min(new) > max(old) > 0 and median(new) > _TIMES * median(old) and median(new) - median(old) > _SECONDS:
            message = f"the median answer takes {median(new):.2f} s instead of {median(old):.2f} s"
            support = Support(len(old), len(new), len(new))
            yield Sighting(group.name, "time", message, support, round(median(old), 3), round(median(new), 3))
