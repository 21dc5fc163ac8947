"""A call that succeeded is refused now."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting, code_sighting, codes, crossed
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.change import Level

KIND = Kind(
    id="response-success-status-removed",
    number=34,
    title="call no longer succeeds",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"status": 200},), new=({"status": 404},)),
    meaning="The operation is gone, moved, or wants something else from the caller.",
    undo="Nothing brings the answer back; where the call moved, the shim forwards it.",
    advice="Look for the call under another path, or with other parameters.",
    rank=9,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """Calls that succeed on OLD only."""
    for operation, cases, total in crossed(study, claimed):
        if codes(cases)[0] < 400:
            yield code_sighting(operation, cases, total, "the new answer does not hold what the old one said")
