"""What a plugin read in OLD's shape it sends back in OLD's shape: the steps that turned the answers ride back, inverted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from harness.changes.agreement import same
from harness.changes.evidence import Case
from harness.changes.study import Group, Study
from harness.lens.answer import ABSENT, Answer
from harness.lens.request import document_of
from harness.lens.step import BodyStep, Loss
from harness.lens.steps.copy import Copy
from harness.lens.steps.default import Default
from harness.lens.steps.drop import Drop
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.shims.document import Entry, Learned, Shim

BODY = "body"
_WRITES = frozenset({"PUT", "PATCH", "POST"})
_ONE_WAY = (Drop, Default, Copy)
"""What these bring or take, a body that is sent back need not have."""

_REFUSED = 400

Rides = dict[tuple[Operation, str], tuple[Learned, ...]]


def with_riding_bodies(shim: Shim, study: Study) -> Shim:
    """The shim with the request steps of `riding`, in the entries of their operations or in new ones."""
    rides = riding(study)
    entries = []
    for entry in shim.entries:
        steps = rides.pop((_operation(entry), entry.forward), ())
        entries.append(replace(entry, request=(*entry.request, *steps)))
    added = (
        Entry(operation.method, operation.template, operation.discriminator, forward=forward, request=steps)
        for (operation, forward), steps in rides.items()
    )
    return replace(shim, entries=(*entries, *added))


def _operation(entry: Entry) -> Operation:
    return Operation(entry.method, entry.template, entry.discriminator)


def riding(study: Study) -> Rides:
    """Request steps for the operations that write a resource whose answers are turned, by operation and forward.

    They are taken where each step of the answers has an inverse, where that changes a body that was sent, and where no pair shows
    that NEW took such a body as it stands.
    """
    read = [group for group in study.groups if group.operation is not None and group.operation.method == "GET"]
    found: Rides = {}
    for (operation, forward), cases in _writing(study).items():
        source = _source(operation, read)
        if source is None or any(case.pair.old.request.body != case.pair.new.request.body for case in cases):
            continue  # where the bodies differ, the pairs show what NEW wants
        steps = [step for step in _inverted(source) if _helps(step, cases) and not _accepted(step, cases, source)]
        if steps:
            found[operation, forward] = tuple(Learned(step, f"the inverse of {source.name}") for step in steps)
    return found


def _writing(study: Study) -> Mapping[tuple[Operation, str], list[Case]]:
    """The pairs of operations that send bodies, those that NEW refuses among them."""
    found: dict[tuple[Operation, str], list[Case]] = {}
    rows = [(case.operation, case.forward, case) for group in study.groups for case in group.cases if group.operation]
    for operation, forward, case in (*rows, *study.crossed):
        if operation.method in _WRITES and case.old.status < _REFUSED:
            found.setdefault((operation, forward), []).append(case)
    return found


def _source(operation: Operation, read: Sequence[Group]) -> Group | None:
    """The group that reads one item of the resource that an operation writes."""
    for group in read:
        assert group.operation is not None
        template = group.operation.template
        if _is_item(template) and _resource(template) == _resource(operation.template):
            return group
    return None


def _resource(template: str) -> str:
    """`/posts/{id}` and `/posts` are one resource."""
    return template.rsplit("/", 1)[0] if _is_item(template) else template.rstrip("/")


def _is_item(template: str) -> bool:
    return "{" in template.rsplit("/", 1)[-1]


def _inverted(group: Group) -> list[BodyStep]:
    """The steps of a group's answers undone, last first, on a request's body; none where one has no true inverse."""
    steps = [each.step for each in group.explained if each.step is not None and not isinstance(each.step, _ONE_WAY)]
    undone = [step.inverse() if step.loss is Loss.ISO else None for step in reversed(steps)]
    if not all(isinstance(step, BodyStep) for step in undone):
        return []
    return [step.moved((BODY, *step.at)) for step in undone if isinstance(step, BodyStep)]


def _helps(step: BodyStep, cases: Sequence[Case]) -> bool:
    """Whether it changes one of the bodies that were sent."""
    return any(_ridden(step, case) != _sent(case) for case in cases)


def _accepted(step: BodyStep, cases: Sequence[Case], source: Group) -> bool:
    """Whether NEW's answers, turned, say what was sent wherever the step would change it, as OLD's do."""
    return any(_echoes(step, case, source) for case in cases if case.new.status < _REFUSED)


def _echoes(step: BodyStep, case: Case, source: Group) -> bool:
    sent, ridden = _sent(case), _ridden(step, case)
    if not isinstance(sent, dict) or not isinstance(ridden, dict):
        return False
    answer = case.answer()
    for each in source.explained:
        if each.step is not None:
            each.step.compile()(answer)
    changed = {name: value for name, value in sent.items() if name not in ridden or not same(ridden[name], value)}
    return bool(changed) and all(_says(body, changed) for body in (case.old_body, answer.body))


def _says(body: Json, members: Mapping[str, Json]) -> bool:
    return isinstance(body, dict) and all(name in body and same(body[name], value) for name, value in members.items())


def _sent(case: Case) -> Json:
    return document_of(case.pair.old.request, {}).get(BODY, ABSENT)


def _ridden(step: BodyStep, case: Case) -> Json:
    """The body that was sent, with the step applied."""
    answer = Answer(0, [], document_of(case.pair.old.request, {}), case.call)
    step.compile()(answer)
    return answer.body.get(BODY, ABSENT) if isinstance(answer.body, dict) else ABSENT
