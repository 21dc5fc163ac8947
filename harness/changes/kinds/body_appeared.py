"""The call says something where it said nothing: 204 became 200 with a body."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting, appeared, body_sighting, by_operation, counted
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.change import Level

KIND = Kind(
    id="response-body-appeared",
    number=31,
    title="body where there was none",
    level=Level.INFO,
    stage=Stage.ANSWER,
    witness=Witness(old=({"status": 204},), new=({"status": 200, "body": {"id": 1}},)),
    meaning="OLD had no body: a plugin has nothing to read from it.",
    undo="Left as it is.",
    advice="Nothing, unless the plugin tests that the body is empty.",
    rank=0,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """Answers that had no body, and have one."""
    for group in study.groups:
        for operation, own, every in by_operation(group, appeared(group)):
            yield body_sighting(every, own, operation, f"a body where OLD sent none, in {counted(own)}")
