"""What several operations have in common: the best guess for calls that were seen too little, or never."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from harness.changes.agreement import deformed, distance
from harness.changes.evidence import Case
from harness.changes.header_values import values_of
from harness.changes.study import Group
from harness.changes.telling import telling_apart
from harness.lens.answer import Answer
from harness.lens.condition import Condition
from harness.lens.rebuild import rebuilt
from harness.lens.step import Apply, BodyStep, Step, write_step
from harness.lens.steps.default import Default
from harness.lens.steps.drop import Drop
from harness.lens.steps.set_header import SetHeader
from harness.model.json_text import serialize
from harness.shims.document import Learned
from harness.shims.dropping import names_in

_TWICE = 2
_HEADERS = 3
"""A header may be of a few operations: so many must share what was done to it."""
_ASKED = 10
"""So many answers of an operation are asked whether a step does them harm."""


_Row = tuple[Case, Answer]


@dataclass
class _Shared:
    """A step and the operations that have it."""

    step: Step
    operations: set[str] = field(default_factory=set)


def shared_steps(groups: Sequence[Group]) -> list[Learned]:
    """Steps on successful answers that several operations have and that no answer of any other speaks against.

    In the order in which operations apply them; drops go last, since others may read what they drop.
    """
    known = [group for group in groups if group.operation is not None and not group.endless]
    names = names_in(case.old_body for group in groups for case in group.cases)
    found: dict[bytes, _Shared] = {}
    for group in known:
        for step in transferable(group):
            shared = found.setdefault(serialize(write_step(step)), _Shared(step))
            shared.operations.add(group.name)
    often = [shared for shared in found.values() if len(shared.operations) >= _least(shared.step)]
    often = [shared for shared in often if not (isinstance(shared.step, Drop) and names.intersection(shared.step.keys))]
    answers = [(group, _answers(group)) for group in known] if often else []
    kept = [(shared, sound) for shared in often if (sound := _sound(shared, answers)) is not None]
    kept.sort(key=lambda row: (not isinstance(row[1], BodyStep), isinstance(row[1], Drop)))
    return [Learned(step, f"learned on {len(shared.operations)} operations") for shared, step in kept]


def transferable(group: Group) -> list[Step]:
    """A group's steps that may hold for other operations as well."""
    body = [each.step for each in group.explained if each.step is not None and not _invents(each.step)]
    return body + [change.step for change in group.headers if isinstance(change.step, SetHeader) and change.step.value]


def _invents(step: Step) -> bool:
    """Whether it puts a value of its own into an answer: what all of one thing say, another need not say."""
    return isinstance(step, Default) and step.value not in (None, "", [], {})


def is_open(group: Group, steps: Iterable[Learned]) -> bool:
    """Whether nothing of what was seen of an operation speaks against the steps that others share: they change nothing there."""
    return not any(_edits(learned.step.compile(), answer) for learned in steps for _, answer in _answers(group))


def _least(step: Step) -> int:
    return _TWICE if isinstance(step, BodyStep) else _HEADERS


def _answers(group: Group) -> list[_Row]:
    """Some of a group's answers as its own steps leave them."""
    steps = [step.compile() for step in transferable(group)]
    rows = [(case, case.answer()) for case in group.cases[:_ASKED]]
    for apply in steps:
        for _, answer in rows:
            apply(answer)
    return rows


def _sound(shared: _Shared, answers: Sequence[tuple[Group, Sequence[_Row]]]) -> Step | None:
    """The step, where it harms no answer of an operation that is without it; else with a condition that keeps it from harm."""
    apply = shared.step.compile()
    without = [row for group, rows in answers if group.name not in shared.operations for row in rows]
    harmed = [answer for case, answer in without if _worse(apply, shared.step, case, answer)]
    if not harmed:
        return shared.step
    if not isinstance(shared.step, BodyStep):
        return None
    having = [case.answer() for group, rows in answers if group.name in shared.operations for case, _ in rows]
    condition = telling_apart([answer for answer in having if _edits(apply, answer)], harmed)
    return None if condition is None else shared.step.conditioned(shared.step.when.and_(condition))


def _worse(apply: Apply, step: Step, case: Case, answer: Answer) -> bool:
    trial = _copy(answer)
    apply(trial)
    if trial.edits == answer.edits:
        return False
    if isinstance(step, SetHeader):
        wanted = values_of(case.old.headers).get(step.header.lower())
        return values_of(tuple(answer.headers)).get(step.header.lower()) == wanted
    before, after = answer.body, trial.body
    return distance(case.old_body, after) > distance(case.old_body, before) or deformed(case.old_body, before, after)


def _edits(apply: Apply, answer: Answer) -> bool:
    trial = _copy(answer)
    apply(trial)
    return trial.edits != answer.edits


def _copy(answer: Answer) -> Answer:
    return replace(answer, headers=list(answer.headers), body=rebuilt(answer.body))


def narrowed(learned: Learned, status: str) -> Learned:
    """The same, for answers of a class of statuses alone."""
    step = learned.step.conditioned(Condition(status=status).and_(learned.step.when))
    return Learned(step, learned.evidence, learned.by)
