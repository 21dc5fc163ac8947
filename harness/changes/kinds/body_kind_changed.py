"""A body that was JSON is something else now, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting, body_sighting, one_sided, said
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.change import Level

KIND = Kind(
    id="response-body-kind-changed",
    number=32,
    title="body is no longer JSON, or became JSON",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"body": "json"},), new=({"body": "text"},)),
    meaning="A plugin that parses the body fails.",
    undo="None.",
    advice="Look at the content type that the call asks for.",
    rank=0,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """Answers of which one side is JSON, and the other is something else; errors have a kind of their own."""
    for group in study.groups:
        cases = one_sided(group) if group.operation is not None else []
        if cases:
            yield body_sighting(group.cases, cases, group.name, said(cases))
