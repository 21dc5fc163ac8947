"""The same call is answered with another status code."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.answers import Sighting, code_sighting, codes, crossed
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.study import Group, Study
from harness.lens.steps.status import Status
from harness.model.change import Level, Support, Undone

KIND = Kind(
    id="response-status-changed",
    number=26,
    title="status code changed",
    level=Level.BREAK,
    stage=Stage.ANSWER,
    witness=Witness(old=({"status": 200},), new=({"status": 201},)),
    meaning="A plugin that compares the code takes another branch.",
    undo="The old code is set where the cases can be told apart.",
    advice="Run the plugin behind the shim.",
    rank=2,
)


def detect(study: Study, claimed: frozenset[int]) -> Iterator[Sighting]:
    """Other codes of one class that the study turned back or could not, and calls that are redirected on one side only."""
    for group in study.groups:
        for step, count in group.statuses:
            support = Support(len(group.cases), count, 1)
            for operation in _with_codes(group, step.to, step.from_):
                yield _turned(operation, step, support)
        for own, _, step, count in group.own_statuses:
            yield _turned(str(own), step, Support(count, count, 1))
        yield from _unsettled(group)
    for name, cases, total in crossed(study, claimed):
        if any(300 <= code < 400 for code in codes(cases)):
            yield code_sighting(name, cases, total, "the new answer does not hold what the old one said")


def _unsettled(group: Group) -> Iterator[Sighting]:
    """Once for each operation of which no step turns the code back."""
    settled = {(str(operation), step.to, step.from_) for operation, _, step, _ in group.own_statuses}
    counts = {(old, new): count for old, new, count in group.unsettled_statuses}
    for (old, new), count in counts.items():
        operations = [each for each in _with_codes(group, old, new) if (each, old, new) not in settled]
        for operation in operations:
            cases = [case for case in group.cases if str(case.operation) == operation]
            own = sum((case.old.status, case.new.status) == (old, new) for case in cases)
            support = Support(len(cases), own if len(operations) > 1 else count, 1)
            message = f"status {old} became {new} in some answers"
            how = "nothing tells these answers from the others"
            yield Sighting(operation, "status", message, support, old, new, how=how, told=f"{old} {new}")


def _with_codes(group: Group, old: int, new: int) -> list[str]:
    """The operations of a group that have calls with these two codes."""
    return list(
        dict.fromkeys(str(case.operation) for case in group.cases if (case.old.status, case.new.status) == (old, new))
    )


def _turned(operation: str, step: Status, support: Support) -> Sighting:
    return Sighting(
        operation,
        "status",
        f"status {step.to} became {step.from_}",
        support,
        step.to,
        step.from_,
        undone=Undone.UNDONE,
        how=step.describe(),
        told=f"{step.to} {step.from_}",
    )
