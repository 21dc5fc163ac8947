"""A study of some calls, told with the counts of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from harness.changes.difference import Difference, Differs
from harness.changes.explain import Explained
from harness.changes.headers import HeaderChange
from harness.changes.kind import Stage, kinds, named
from harness.changes.residue import Residue
from harness.changes.streaming_check import Check, GroupCheck, Unsaid
from harness.changes.study import Group, Study
from harness.lens.answer import ABSENT
from harness.model.change import Change, Support

_AT_THE_PLACE = frozenset([Differs.VALUE, Differs.FORM, Differs.ORDER])
"""Of what is gone or came, and of elements, the place is where their container stands."""


def count_anew(found: Study, check: Check) -> None:
    """Write the counts of a check over the supports of the study, and add what the study knows nothing of."""
    for each in check.groups.values():
        group = each.group
        group.explained = [_explained(at, one, each) for at, one in enumerate(group.explained)]
        group.residue = [_residue(rest, each) for rest in group.residue]
        group.residue += [
            _raw(unsaid, each) for unsaid in check.unsaid.values() if unsaid.name == (group.name, group.forward)
        ]
        _count_statuses(group, each)
        if group.residue and not any(group is known for known in found.groups):
            found.groups.append(group)
    _count_headers(found, check)


def with_counts(changes: Iterable[Change], check: Check, studied: int, calls: int) -> Iterator[Change]:
    """The findings of kinds that look at whole answers, with the counts of all calls where these are known."""
    for change in changes:
        if kinds()[change.kind].stage is not Stage.ANSWER or change.path.startswith("header "):
            yield change
        elif change.path == "status" and (support := _of_status(change, check)):
            yield replace(change, support=support)
        else:
            yield replace(change, reason=f"{change.reason} (counted in {studied:,} of {calls:,} calls)")


def _explained(at: int, each: Explained, check: GroupCheck) -> Explained:
    edited = check.edited[at]
    if not edited:
        return each
    return replace(each, support=Support(max(edited, check.having[each.at]), edited, each.support.distinct))


def _residue(rest: Residue, check: GroupCheck) -> Residue:
    sees = kinds()[rest.kind].sees
    answers = max((check.spots[rest.at, differs] for differs in sees), default=0)
    if not answers:
        return rest
    place = rest.at if sees <= _AT_THE_PLACE else rest.at[:-1]
    support = Support(max(answers, check.having[place]), answers, rest.support.distinct)
    return replace(rest, support=support, message=rest.message.replace(_often(rest.support.agreeing), _often(answers)))


def _often(answers: int) -> str:
    return Difference(Differs.VALUE, (), answers=answers).often


def _raw(unsaid: Unsaid, check: GroupCheck) -> Residue:
    at, differs, old, new = unsaid.first
    member = str(at[-1]) if differs in (Differs.GONE, Differs.CAME) else ""
    kind, message = named(Difference(differs, [(old, new)], (), member, unsaid.answers))
    old, new = (None if value is ABSENT else value for value in (old, new))
    return Residue(kind.id, at, message, Support(check.calls, unsaid.answers, 1), old, new)


def _count_statuses(group: Group, check: GroupCheck) -> None:
    group.statuses = [(step, check.turned(step.to, step.from_) or count) for step, count in group.statuses]
    group.unsettled_statuses = [
        (old, new, check.turned(old, new) or count) for old, new, count in group.unsettled_statuses
    ]
    group.own_statuses = [
        (operation, forward, step, check.turned(step.to, step.from_, str(operation)) or count)
        for operation, forward, step, count in group.own_statuses
    ]


def _count_headers(found: Study, check: Check) -> None:
    groups = list(check.groups.values())
    settled = {(change.header, each) for change in found.everywhere for each in _classes(change, groups)}
    found.everywhere = [_header(change, groups, _classes(change, groups)) for change in found.everywhere]
    for each in groups:
        each.group.headers = [
            _header(change, [each], {of for of in each.classes if (change.header, of) not in settled})
            for change in each.group.headers
        ]


def _classes(change: HeaderChange, groups: Iterable[GroupCheck]) -> set[int]:
    """The classes of statuses that a change in all answers is about: one, where its step says so."""
    status = change.step.when.status if change.step is not None else ""
    return {int(status[0])} if status.endswith("xx") else {each for group in groups for each in group.classes}


def _header(change: HeaderChange, groups: Iterable[GroupCheck], classes: set[int]) -> HeaderChange:
    calls = sum(group.classes[each] for group in groups for each in classes)
    differing = sum(group.headers[change.header, each] for group in groups for each in classes)
    return replace(change, support=Support(calls, differing, change.support.distinct)) if differing else change


def _of_status(change: Change, check: Check) -> Support | None:
    """How many of an operation's calls turned from one code to another; None where that is not counted."""
    name, old, new = change.operation, change.old, change.new
    if answers := check.crossed[name, old, new]:
        calls = sum(count for (operation, _, _), count in check.crossed.items() if operation == name)
        return Support(calls, answers, change.support.distinct)
    of_group = [each for each in check.groups.values() if each.group.name == name]
    answers = sum(each.turned(old, new, "" if each.group.name == name else name) for each in check.groups.values())
    calls = sum(each.calls for each in of_group)
    return Support(max(calls, answers), answers, change.support.distinct) if answers else None
