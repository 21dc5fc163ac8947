"""NEW does not know the operation: not one of its calls is served any more."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting, code_sighting, codes, crossed
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Study
from harness.model.change import Level

KIND = Kind(
    id="api-removed",
    number=34,
    title="operation removed",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"status": 200},), new=({"status": 404},)),
    meaning="NEW answers every call of the operation as it answers an unknown path or method.",
    undo="None: another operation may hold what this one said.",
    advice="Look for what took its place; tell the plugin's vendor.",
    rank=5,
)


_UNKNOWN = (404, 405, 410, 501)
_LEAST = 2


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """Operations of which at least two different calls succeeded on OLD, and none is known to NEW."""
    served = {str(group.operation) for group in study.groups if group.operation is not None}
    for operation, cases, total in crossed(study, claimed):
        different = len({case.pair.old.request.url for case in cases})
        unknown = codes(cases)[0] < 400 and codes(cases)[1] in _UNKNOWN
        if unknown and len(cases) == total and operation not in served and different >= _LEAST:
            yield code_sighting(operation, cases, total, "NEW serves none of the operation's calls")
