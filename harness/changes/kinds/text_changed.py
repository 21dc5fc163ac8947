"""A body that is not JSON says something else."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting, body_sighting, by_operation
from harness.changes.evidence import Case
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.body import Form
from harness.model.change import Level

KIND = Kind(
    id="response-text-changed",
    number=32,
    title="text of a body changed",
    level=Level.RISK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"body": "pong"},), new=({"body": "PONG"},)),
    meaning="The body is not JSON on either side (text, HTML, XML, bytes), and is not the same.",
    undo="None: such bodies pass through unchanged.",
    advice="Look at both: a page for people may differ without harm.",
    rank=0,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """Answers without JSON on both sides that differ in their bytes, where two runs of one version do not."""
    for group in study.groups:
        cases = [case for case in group.cases if _differs(case) and case.operation not in study.noise.texts]
        for operation, own, every in by_operation(group, cases):
            yield body_sighting(every, own, operation, "the body, which is not JSON, differs")


def _differs(case: Case) -> bool:
    return case.old_form is case.new_form is Form.OTHER and case.old.body != case.new.body
