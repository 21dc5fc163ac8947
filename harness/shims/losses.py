"""What a shim leaves as it is, said place by place: nothing that differs from OLD goes without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.changes.answers import codes, emptied, one_sided, said
from harness.changes.evidence import Case
from harness.changes.kind import kinds
from harness.changes.residue import Residue
from harness.changes.study import Group, Study
from harness.lens.condition import ALWAYS, Condition
from harness.lens.places import values_at
from harness.model.change import Level
from harness.model.json_text import serialize
from harness.model.operation import Operation
from harness.model.paths import format_path
from harness.shims.document import Entry, Lost


def losses(group: Group) -> Iterator[Lost]:
    """Of a group's bodies, headers and statuses, and the parameters with which NEW answers something else."""
    for name in group.refused:
        yield Lost(
            f"request $.query.{name}", f"NEW answers something else where it is there ({pairs(len(group.cases))})"
        )
    yield from (_place(rest) for rest in group.residue if _counts(rest))
    if gone := emptied(group):
        yield Lost("$", f"the body is gone ({len(gone)} of {pairs(len(group.cases))})")
    if apart := one_sided(group):
        yield Lost("$", f"{said(apart)} ({len(apart)} of {pairs(len(group.cases))})")
    yield from (Lost(f"header {change.header}", change.reason) for change in group.headers if change.step is None)
    for old, new, count in group.unsettled_statuses:
        yield Lost("status", f"{old} became {new} in {pairs(count)}, and nothing tells them from the others")


def other_losses(study: Study) -> Iterator[Entry]:
    """Entries without a step: of errors whose bodies stay other than OLD's, and of calls that succeed on one side only."""
    for group in study.groups:
        if group.operation is None:
            for (operation, forward), cases in _by_operation(
                [(each.operation, each.forward, each) for each in group.cases]
            ):
                lost = tuple(_place(rest) for rest in group.residue if _counts(rest) and _differs(rest, cases))
                lost += (*_apart(cases), *_other_statuses(group, cases))
                if lost:
                    for code in dict.fromkeys(case.new.status for case in cases):
                        yield _entry(operation, forward, Condition(status=str(code)), lost)
    for (operation, forward), cases in _by_operation(study.crossed):
        for status in dict.fromkeys(case.new.status for case in cases):
            own = [case for case in cases if case.new.status == status]
            lost = (Lost("$", f"OLD answered {codes(own)[0]}, NEW answers {status} ({pairs(len(own))})"),)
            yield _entry(operation, forward, Condition(status=str(status)), lost)


def _apart(cases: Sequence[Case]) -> Iterator[Lost]:
    """Of errors that are written in another form: a page became JSON."""
    own = [case for case in cases if case.old_form is not case.new_form]
    if own:
        told = f"{said(own)} ({len(own)} of {pairs(len(cases))})"
        yield Lost("$", told)
        yield Lost("header content-type", told)


def _other_statuses(group: Group, cases: Sequence[Case]) -> Iterator[Lost]:
    """Of errors with another code, unless a step sets it back."""
    settled = {(step.from_, step.to) for step, _ in group.statuses}
    settled |= {(row[2].from_, row[2].to) for row in group.own_statuses}
    for old, new in dict.fromkeys((case.old.status, case.new.status) for case in cases):
        if old != new and (new, old) not in settled:
            own = [case for case in cases if (case.old.status, case.new.status) == (old, new)]
            yield Lost("status", f"OLD answered {old}, NEW answers {new} ({len(own)} of {pairs(len(cases))})")


def pairs(count: int) -> str:
    """`3 pairs`."""
    return f"{count} pair{'' if count == 1 else 's'}"


def _entry(operation: Operation, forward: str, when: Condition, lost: tuple[Lost, ...]) -> Entry:
    return Entry(
        method=operation.method,
        template=operation.template,
        discriminator=operation.discriminator,
        when=when,
        forward=forward,
        rewrite=None if forward else ALWAYS,
        lost=lost,
        otherwise=True,
    )


def _by_operation(
    rows: Sequence[tuple[Operation, str, Case]],
) -> Iterator[tuple[tuple[Operation, str], list[Case]]]:
    found: dict[tuple[Operation, str], list[Case]] = {}
    for operation, forward, case in rows:
        found.setdefault((operation, forward), []).append(case)
    yield from found.items()


def _place(rest: Residue) -> Lost:
    """A constant that too few things say to be put back is named, for a person to choose."""
    only = rest.support.distinct == 1 and rest.support.agreeing > 1 and rest.new is None and rest.old is not None
    constant = f"; OLD said {serialize(rest.old).decode()} in all of them" if only and _is_plain(rest) else ""
    told = f"{rest.message} ({rest.support.agreeing} of {pairs(rest.support.pairs)}{constant})"
    return Lost(format_path(rest.at), told)


def _is_plain(rest: Residue) -> bool:
    return not isinstance(rest.old, (dict, list)) and len(serialize(rest.old)) <= 40


def _counts(rest: Residue) -> bool:
    return kinds()[rest.kind].level is not Level.INFO


def _differs(rest: Residue, cases: Sequence[Case]) -> bool:
    """Whether it is of one of these calls: the others fail in their own ways."""
    return any(
        list(map(serialize, values_at(case.old_body, rest.at)))
        != list(map(serialize, values_at(case.new_body, rest.at)))
        for case in cases
    )
