"""From a study to a shim: the steps that explain the changes, in order, each with its evidence; what is lost, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from harness.changes.explain import Explained
from harness.changes.headers import HeaderChange
from harness.changes.noise import Noise
from harness.changes.requests import Rewriting
from harness.changes.study import Group, Study
from harness.lens.condition import ALWAYS, Condition
from harness.lens.steps.drop import Drop
from harness.lens.steps.status import Status
from harness.model.operation import Operation
from harness.model.paths import format_path
from harness.shims.document import Ambiguous, Entry, Learned, Lost, Shim
from harness.shims.dropping import gathered, names_in, wary
from harness.shims.elsewhere import common_requests, moved_prefixes
from harness.shims.halves import Halves
from harness.shims.harm import without_harm
from harness.shims.losses import losses, other_losses, pairs
from harness.shims.proposals import with_proposed_calls
from harness.shims.riding import with_riding_bodies
from harness.shims.shared import is_open, narrowed, shared_steps
from harness.shims.windows import with_covering_windows

_ENOUGH = 5


def shim_from(
    study: Study, *, system: str = "", old: str = "", new: str = "", tell: Callable[[str], None] = lambda text: None
) -> Shim:
    """The shim that a study supports. Steps that would spoil a leaf that is right are left out again."""
    recurring = shared_steps(study.groups)
    known = names_in(case.old_body for group in study.groups for case in group.cases)
    rewritings = {(each.operation, each.forward): each for each in study.rewritings}
    entries = tuple(
        _entry(group, study.noise, known, recurring, rewritings.pop((group.operation, group.forward), None))
        for group in study.groups
        if group.operation is not None
    )
    entries += tuple(
        _entry(Group("", each.operation, each.forward, []), study.noise, (), (), each)
        for each in rewritings.values()
        if each.when is not None
    )
    entries = tuple(
        entry for entry in entries if entry.request or entry.response or entry.forward or entry.lost or entry.ambiguous
    )
    entries += tuple(_of_status(*row) for group in study.groups for row in group.own_statuses)
    entries += tuple(other_losses(study))
    errors = [step for group in study.groups if group.operation is None for step in _steps(group, study.noise, ())]
    shim = Shim(
        system=system,
        old=old,
        new=new,
        entries=entries,
        everywhere=tuple(_header_step(change) for change in study.everywhere if change.step is not None),
        otherwise=(
            *(narrowed(learned, "2xx") for learned in gathered(recurring)),
            *(learned if isinstance(learned.step, Status) else narrowed(learned, "4xx") for learned in errors),
        ),
        pairs=len(study.pairing.pairs),
        requests=common_requests(study),
        moved=moved_prefixes(study),
    )
    tell("checking that no step harms")
    return without_harm(
        with_covering_windows(with_proposed_calls(with_riding_bodies(shim, study), study), study),
        [case for group in study.groups for case in group.cases] + [row[2] for row in study.crossed],
    )


def _entry(
    group: Group, noise: Noise, known: Container[str], recurring: Sequence[Learned], asked: Rewriting | None
) -> Entry:
    assert group.operation is not None
    statuses = {case.new.status // 100 for case in group.cases}
    status = f"{statuses.pop()}xx" if len(statuses) == 1 else ""
    return Entry(
        method=group.operation.method,
        template=group.operation.template,
        discriminator=group.operation.discriminator,
        when=Condition(status=status).and_(group.when),
        forward=group.forward,
        rewrite=asked.when if asked else ALWAYS,
        request=tuple(_request_steps(asked)) if asked and asked.when is not None else (),
        response=tuple(_steps(group, noise, known)),
        lost=(*losses(group), *(_lost_requests(asked) if asked else ())),
        ambiguous=tuple(_ambiguous(group)),
        otherwise=len(group.cases) < _ENOUGH and bool(recurring) and is_open(group, recurring),
    )


def _of_status(operation: Operation, forward: str, step: Status, count: int) -> Entry:
    """An operation whose answers with one status stood under another; what else holds for such answers holds as well."""
    return Entry(
        method=operation.method,
        template=operation.template,
        discriminator=operation.discriminator,
        when=Condition(status=str(step.from_)),
        forward=forward,
        rewrite=None if forward else ALWAYS,
        response=(Learned(step, pairs(count)),),
        otherwise=True,
    )


def _steps(group: Group, noise: Noise, known: Container[str]) -> list[Learned]:
    """`known` are the names of OLD's members anywhere."""
    explained = [] if group.endless else group.explained  # no step edits what comes item by item
    halves = Halves(group, noise)
    body = [Learned(each.step, _evidence(each, halves)) for each in explained if each.step is not None]
    headers = [_header_step(change) for change in group.headers if change.step is not None]
    statuses = [Learned(step, pairs(count)) for step, count in group.statuses]
    return [*gathered(wary(body, group, known)), *headers, *statuses]


def _header_step(change: HeaderChange) -> Learned:
    assert change.step is not None
    return Learned(change.step, f"{change.support.agreeing} of {change.support.pairs} answers")


def _evidence(each: Explained, halves: Halves | None = None) -> str:
    """How much speaks for a step: pairs and distinct values, and whether it is learned from half of the pairs as well."""
    if isinstance(each.step, Drop) and not each.step.only_null:
        return "OLD never sent it here"
    told = [str(each.support)]
    if each.support.distinct == 1:
        told.append("one value proves little")
    if each.lent:
        told.append("as other operations prove")
    elif halves is not None and each.step is not None and (again := halves.evidence(each.step)):
        told.append(again)
    return "; ".join(told)


def _request_steps(asked: Rewriting) -> list[Learned]:
    return [Learned(each.step, _evidence(each)) for each in asked.explained if each.step is not None]


def _lost_requests(asked: Rewriting) -> list[Lost]:
    return [
        Lost(
            f"request {format_path(rest.at)}",
            f"{rest.message} ({rest.support.agreeing} of {pairs(rest.support.pairs)})",
        )
        for rest in asked.residue
    ]


def _ambiguous(group: Group) -> list[Ambiguous]:
    return [
        Ambiguous(
            format_path(each.at),
            f"{each.proposal.message}; as good: {', '.join(rival.said for rival in each.proposal.rivals)}",
            tuple(
                Learned(step, _evidence(each))
                for step in (each.proposal.step, *(rival.step for rival in each.proposal.rivals))
            ),
        )
        for each in group.explained
        if each.step is None
    ]
