"""The body of errors is no longer JSON, or became JSON."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting, body_sighting, by_operation, one_sided, said
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.change import Level

KIND = Kind(
    id="response-error-body-kind-changed",
    number=27,
    title="error body is no longer JSON, or became JSON",
    level=Level.RISK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"status": 404, "body": "<html>"},), new=({"status": 404, "body": {"detail": "not found"}},)),
    meaning="A plugin that reads the reason from the body finds it in another form.",
    undo="None.",
    advice="Look whether the plugin reads more of an error than its status.",
    rank=0,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """Errors on both sides of which one body is JSON, and the other is something else; a finding an operation."""
    for group in study.groups:
        cases = one_sided(group) if group.operation is None else []
        for operation, own, every in by_operation(group, cases):
            yield body_sighting(every, own, operation, f"of the error: {said(own)}")
