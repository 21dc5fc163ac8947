"""What a shim does to the answers of calls, as one list of steps, each with what its entry asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.lens.condition import ALWAYS, Condition
from harness.lens.step import BodyStep, Step
from harness.lens.steps.drop_header import DropHeader
from harness.lens.steps.set_header import SetHeader
from harness.lens.steps.status import Status
from harness.shims.choices import chosen
from harness.shims.document import Entry, Learned, Shim
from harness.shims.operations import Operation
from harness.shims.places import places
from harness.shims.retold import CannotCompose, Retold
from harness.shims.statuses import Statuses, both
from harness.shims.templates import bound


def answer_steps(
    shim: Shim, operations: Sequence[Operation], template: str, request: Sequence[Learned], status: str
) -> list[Learned]:
    """What a shim does to the answers of a call: each step with what its entry asks for, unless all is asked for by `status`."""
    found: list[Learned] = []
    left = Statuses.all()
    besides: list[Condition] = []
    for at, operation in enumerate(operations):
        told = Retold(bound(operation.template, template) or {}, request)
        settled = told.condition(operation.asked) if at == 0 else ALWAYS  # the composed entry asks for that itself
        held = Statuses.none()
        for entry in operation.entries:
            when = told.condition(replace(entry.when, status="" if status else entry.when.status))
            if when is None:
                continue
            own = ALWAYS if when.of_call() == settled else when.of_call()
            when = replace(when, query=own.query, path=own.path)
            steps = told.steps((*entry.response, *chosen(entry)))
            _checked(entry, operation, steps, when)
            found += left.narrowed(_asking(steps, when))
            if own == ALWAYS:
                held = held.with_(entry.when.status)
            elif shim.otherwise or operation is not operations[-1]:
                raise CannotCompose(
                    f"{operation.template}: some of its calls are known, and `otherwise` is for the others"
                )
            if entry.otherwise:
                besides.append(when)
        left = left.without(held)
    known = any(operation.entries for operation in operations)
    rest = Statuses.none() if status and known else left
    plain = Retold({}).steps(shim.otherwise)
    if operations and any(when == ALWAYS for when in besides):
        return found + plain
    found += rest.narrowed(plain)
    return found + [each for when in besides for each in _asking(plain, when)]


def _asking(steps: Sequence[Learned], when: Condition) -> list[Learned]:
    conditions = [both(when, each.step.when) for each in steps]
    return [
        replace(each, step=each.step.conditioned(asked))
        for each, asked in zip(steps, conditions, strict=True)
        if asked is not None
    ]


def _checked(entry: Entry, operation: Operation, steps: Sequence[Learned], when: Condition) -> None:
    """Conditions are asked at each step from now on, and not once: no step may change the answer to a later one's."""
    if when == ALWAYS:
        return
    changes = [at for at, each in enumerate(steps) if isinstance(each.step, Status)]
    late = changes and when.status and changes[0] < len(steps) - 1
    others = [other.when.status for other in operation.entries if other is not entry and other.when.status]
    into = any(_is_of(str(steps[at].step.to), other) for at in changes for other in others)  # type: ignore[attr-defined]
    if late or into or (when.body and len(steps) > 1) or (when.content_type and len(steps) > 1):
        raise CannotCompose(f"{entry.match}: its steps change what the entry asks for")


def _is_of(status: str, asked: str) -> bool:
    return asked == status or asked == f"{status[0]}xx"


def commute(everywhere: Sequence[Learned], first: Shim) -> bool:
    """Whether the second shim's common steps may come after the first one's entries: they edit headers that those leave alone."""
    theirs = {place for each in everywhere for place in places(each.step)}
    if any(not _on_headers(each.step) for each in everywhere):
        return False
    for step in first.steps():
        if isinstance(step, Status) or step.when.content_type or "header" in str(getattr(step, "from_", "")):
            return False
        if theirs & set(places(step)) and not any(step is each.step for each in first.everywhere):
            return False
    return True


def _on_headers(step: Step) -> bool:
    """Whether it edits headers by what it says itself, and nothing else."""
    return (
        isinstance(step, (DropHeader, SetHeader)) and not getattr(step, "from_", "") and not isinstance(step, BodyStep)
    )
