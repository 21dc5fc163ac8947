"""From a study to a shim: the steps that explain the changes, in order, each with its evidence; what is lost, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from harness.changes.explain import Explained
from harness.changes.headers import HeaderChange
from harness.changes.kind import kinds
from harness.changes.study import Group, Study
from harness.lens.condition import Condition
from harness.lens.step import Step, write_step
from harness.lens.steps.drop import Drop
from harness.lens.steps.status import Status
from harness.model.change import Level
from harness.model.json_text import serialize
from harness.model.operation import Operation
from harness.model.paths import format_path
from harness.shims.document import Entry, Learned, Lost, Shim
from harness.shims.harm import without_harm

_TWICE = 2
_ENOUGH = 5


def shim_from(
    study: Study, *, system: str = "", old: str = "", new: str = "", tell: Callable[[str], None] = lambda text: None
) -> Shim:
    """The shim that a study supports. Steps that would spoil a leaf that is right are left out again."""
    recurring = _recurring(study.groups)
    entries = tuple(_entry(group, recurring) for group in study.groups if group.operation is not None)
    entries = tuple(entry for entry in entries if entry.response or entry.forward or entry.lost or entry.ambiguous)
    entries += tuple(_of_status(*row) for group in study.groups for row in group.own_statuses)
    errors = [step for group in study.groups if group.operation is None for step in _steps(group)]
    shim = Shim(
        system=system,
        old=old,
        new=new,
        entries=entries,
        everywhere=tuple(_header_step(change) for change in study.everywhere if change.step is not None),
        otherwise=(
            *(_narrowed(learned, "2xx") for learned in recurring),
            *(_narrowed(learned) for learned in errors),
        ),
        pairs=len(study.pairing.pairs),
    )
    tell("checking that no step harms")
    return without_harm(
        shim, [case for group in study.groups for case in group.cases] + [row[2] for row in study.crossed]
    )


def _entry(group: Group, recurring: Sequence[Learned]) -> Entry:
    assert group.operation is not None
    statuses = {case.new.status // 100 for case in group.cases}
    status = f"{statuses.pop()}xx" if len(statuses) == 1 else ""
    return Entry(
        method=group.operation.method,
        template=group.operation.template,
        discriminator=group.operation.discriminator,
        when=Condition(status=status).and_(group.when),
        forward=group.forward,
        response=tuple(_steps(group)),
        lost=tuple(_lost(group)),
        ambiguous=tuple(_ambiguous(group)),
        otherwise=_open(group, recurring),
    )


def _of_status(operation: Operation, forward: str, step: Status, count: int) -> Entry:
    """An operation whose answers with one status stood under another; what else holds for such answers holds as well."""
    return Entry(
        method=operation.method,
        template=operation.template,
        discriminator=operation.discriminator,
        when=Condition(status=str(step.from_)),
        forward=forward,
        response=(Learned(step, _pairs(count)),),
        otherwise=True,
    )


def _steps(group: Group) -> list[Learned]:
    explained = [] if group.endless else group.explained  # no step edits what comes item by item
    body = [Learned(each.step, _evidence(each)) for each in explained if each.step is not None]
    headers = [_header_step(change) for change in group.headers if change.step is not None]
    statuses = [Learned(step, _pairs(count)) for step, count in group.statuses]
    return [*_gathered(body), *headers, *statuses]


def _gathered(steps: Sequence[Learned]) -> list[Learned]:
    """Drops at one place are one step."""
    found: list[Learned] = []
    for learned in steps:
        last = found[-1].step if found else None
        step = learned.step
        if (
            isinstance(step, Drop)
            and isinstance(last, Drop)
            and (step.at, step.when, step.only_null) == (last.at, last.when, last.only_null)
        ):
            found[-1] = Learned(replace(last, keys=(*last.keys, *step.keys)), "OLD never sent them")
        else:
            found.append(
                replace(learned, evidence="OLD never sent it")
                if isinstance(step, Drop) and not step.only_null
                else learned
            )
    return found


def _header_step(change: HeaderChange) -> Learned:
    assert change.step is not None
    return Learned(change.step, f"{change.support.agreeing} of {change.support.pairs} answers")


def _evidence(each: Explained) -> str:
    return str(each.support)


def _lost(group: Group) -> list[Lost]:
    places = [
        Lost(format_path(rest.at), f"{rest.message} ({rest.support.agreeing} of {_pairs(rest.support.pairs)})")
        for rest in group.residue
        if kinds()[rest.kind].level is not Level.INFO
    ]
    headers = [Lost(f"header {change.header}", change.reason) for change in group.headers if change.step is None]
    statuses = [
        Lost("status", f"{old} became {new} in {count} pairs, and nothing tells them from the others")
        for old, new, count in group.unsettled_statuses
    ]
    return [*places, *headers, *statuses]


def _ambiguous(group: Group) -> list[str]:
    return [
        f"{format_path(each.at)}: {each.proposal.message}; as good: {', '.join(each.proposal.rivals)}"
        for each in group.explained
        if each.step is None
    ]


def _recurring(groups: Sequence[Group]) -> list[Learned]:
    """Steps that several operations share and none contradicts: the best guess for a call that was never seen."""
    shared = [group for group in groups if group.operation is not None]
    known = _old_names(groups)
    counts: Counter[bytes] = Counter()
    first: dict[bytes, Step] = {}
    for group in shared:
        for each in {serialize(write_step(step)): step for step in _transferable(group)}.items():
            counts[each[0]] += 1
            first.setdefault(*each)
    return [
        Learned(step, f"learned on {counts[key]} operations")
        for key, step in first.items()
        if counts[key] >= _TWICE and not (isinstance(step, Drop) and known.intersection(step.keys))
    ]


def _old_names(groups: Sequence[Group]) -> set[str]:
    """The names of all members in all of OLD's bodies: what is too much in one operation may belong into another."""
    names: set[str] = set()
    waiting = [case.old_body for group in groups for case in group.cases]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            names.update(value)
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return names


def _open(group: Group, recurring: Sequence[Learned]) -> bool:
    """Whether an operation was seen too little to tell, and nothing of what was seen speaks against the recurring steps."""
    if len(group.cases) >= _ENOUGH or not recurring:
        return False
    answers = [case.answer() for case in group.cases]
    for step in _transferable(group):
        for answer in answers:
            step.compile()(answer)
    before = [answer.edits for answer in answers]
    for learned in recurring:
        for answer in answers:
            learned.step.compile()(answer)
    return before == [answer.edits for answer in answers]


def _transferable(group: Group) -> list[Step]:
    return [each.step for each in group.explained if each.step is not None]


def _narrowed(learned: Learned, status: str = "4xx") -> Learned:
    return replace(learned, step=learned.step.conditioned(Condition(status=status).and_(learned.step.when)))


def _pairs(count: int) -> str:
    return f"{count} pair{'' if count == 1 else 's'}"
