"""The call succeeds and says nothing any more: 200 with a body became 204, or an empty one."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting, body_sighting, by_operation, counted, emptied
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.change import Level

KIND = Kind(
    id="response-body-emptied",
    number=31,
    title="body is gone",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"status": 200, "body": {"id": 1}},), new=({"status": 204},)),
    meaning="A plugin that parses the body fails.",
    undo="None: what the body said is not in NEW's answer.",
    advice="Ask for the thing in a second call.",
    rank=0,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """Answers that had a body, and have none."""
    for group in study.groups:
        for operation, own, every in by_operation(group, emptied(group)):
            yield body_sighting(every, own, operation, f"the body is gone in {counted(own)}")
