"""A call that failed succeeds now."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting, code_sighting, codes, crossed
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.change import Level

KIND = Kind(
    id="response-failure-status-removed",
    number=26,
    title="call no longer fails",
    level=Level.RISK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"status": 404},), new=({"status": 200},)),
    meaning="A plugin that relies on the failure (to see that something is not there) goes on.",
    undo="None.",
    advice="Look what NEW answers in its place.",
    rank=9,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """Calls that succeed on NEW only."""
    for operation, cases, total in crossed(study, claimed):
        if codes(cases)[1] < 400:
            yield code_sighting(
                operation, cases, total, "the new answer is not an error, and holds nothing of the old one"
            )
