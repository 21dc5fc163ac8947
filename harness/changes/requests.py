"""From pairs of calls that are asked otherwise to the steps that turn OLD's request into NEW's.

A request is a document (see harness.lens.request), so the engine that explains answers explains it: NEW's document is what is
wanted, OLD's what is edited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from harness.changes.agreement import agreement, same
from harness.changes.asked import proven
from harness.changes.evidence import Case, OperationCases
from harness.changes.explain import Explained, Pair, explain
from harness.changes.parameters import added, renamed
from harness.changes.request_pairs import request_pairs
from harness.changes.residue import Residue, residue
from harness.changes.telling import telling_apart
from harness.lens.answer import ABSENT
from harness.lens.condition import ALWAYS, Condition
from harness.lens.steps.table import Table
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.paths import Path

DESIGNED: frozenset[Path] = frozenset({(), ("path",), ("query",), ("header",)})

_REDIRECT = 300
_UNLIKE = 0.1
"""A share of what OLD said by which two places differ by more than chance; and what an answer is worth that was turned."""


@dataclass
class Rewriting:
    """How the calls of an operation must be asked now. `differing` of `cases` are asked otherwise than on OLD.

    `when` says for which calls this is known: the others are sent as they are, since half a rewriting asks for something else.
    It is None where nothing tells these calls from the others: then no call is rewritten.
    """

    operation: Operation
    forward: str
    cases: Sequence[Case]
    differing: int = 0
    explained: list[Explained] = field(default_factory=list)
    residue: list[Residue] = field(default_factory=list)
    when: Condition | None = ALWAYS


def rewritings(gathered: Sequence[OperationCases]) -> list[Rewriting]:
    """Of every operation whose calls are asked otherwise, or elsewhere.

    Where one operation was asked at several places, the calls tell which went where, or else the answers: the place that
    answers as OLD did is where the calls are sent.
    """
    found = [rewriting(each) for each in gathered]
    for each in found:
        others = [other for other in found if other is not each and other.operation == each.operation]
        if each.forward and others and each.when is not None:
            told = _place(each, others)
            each.when = told and told.and_(each.when)
    return [each for each in found if each.differing or each.forward]


def _place(mine: Rewriting, others: Sequence[Rewriting]) -> Condition | None:
    """Which of an operation's calls are asked where `mine` are; None where neither the calls nor the answers say it."""
    likeness = _likeness(mine.cases)
    rivals = [
        case
        for other in others
        for case in other.cases
        if likeness <= _UNLIKE or _likeness([case]) > likeness - _UNLIKE
    ]
    return _told(mine.cases, rivals) if rivals else ALWAYS


def _likeness(cases: Sequence[Case]) -> float:
    """0 to 1: how much of what OLD granted NEW gives back as it is, or in another form."""
    granted = [case for case in cases if case.old.status < _REDIRECT]
    if not granted:
        return 0.0
    given = (max(_UNLIKE, agreement(case.old_body, case.new_body)) for case in granted if case.new.status < _REDIRECT)
    return sum(given) / len(granted)


def rewriting(operation_cases: OperationCases) -> Rewriting:
    """The steps for one operation, less its path, which is `forward`; none where every call is asked as before."""
    operation, forward, cases = operation_cases.operation, operation_cases.forward, operation_cases.cases
    pairs = list(request_pairs(operation, forward, cases))
    differing = sum(not same(pair.old, pair.answer.body) for pair in pairs)
    found = Rewriting(operation, forward, cases, differing)
    if differing:
        known, alike = proven(cases, pairs), list(renamed(pairs))
        firsts = [known] if known else [[], alike] if alike else [[]]
        options = [_explained(operation_cases, first) for first in firsts]
        found.explained, found.residue = min(options, key=lambda option: (len(option[1]), len(option[0])))
        found.when = _wholly(operation_cases, found.explained)
    return found


def _told(cases: Sequence[Case], others: Sequence[Case]) -> Condition | None:
    """What the plugin asks for in these calls, and not in the others."""
    mine, theirs = ([case.answer() for case in each] for each in (cases, others))
    return telling_apart(mine, theirs, body=False, status=False)


def _wholly(operation_cases: OperationCases, explained: Sequence[Explained]) -> Condition | None:
    """For which calls the steps make NEW's request of OLD's, but for values that each recording has of its own."""
    operation, forward, cases = operation_cases.operation, operation_cases.forward, operation_cases.cases
    given = {pair.number: pair.answer.body for pair in request_pairs(operation, forward, cases)}
    made = _applied(explained, list(request_pairs(operation, forward, cases)))
    known = {pair.number for pair in made if _is_made(pair.old, pair.answer.body, given[pair.number])}
    unknown = [case for case in cases if case.number in given and case.number not in known]
    if not unknown:
        return ALWAYS
    return _told([case for case in cases if case.number in known], unknown) if known else None


def _is_made(wanted: Json, made: Json, given: Json) -> bool:
    """Whether `made` is what is wanted, less headers, and less values that differ as they were sent and that no step touched."""
    parts = ("path", "query", "body")
    return all(_fits(*(each.get(part, ABSENT) for each in (wanted, made, given))) for part in parts)


def _fits(wanted: Json, made: Json, given: Json) -> bool:
    if same(wanted, made):
        return True
    if isinstance(wanted, dict) and isinstance(made, dict):
        had = given if isinstance(given, dict) else {}
        return wanted.keys() == made.keys() and all(_fits(wanted[k], made[k], had.get(k, ABSENT)) for k in wanted)
    if isinstance(wanted, list) and isinstance(made, list):
        had_ = given if isinstance(given, list) and len(given) == len(made) else [ABSENT] * len(made)
        return len(wanted) == len(made) and all(map(_fits, wanted, made, had_))
    return not isinstance(wanted, (dict, list)) and ABSENT not in (wanted, made) and same(made, given)


def _explained(operation_cases: OperationCases, first: list[Explained]) -> tuple[list[Explained], list[Residue]]:
    """The steps, which begin with those given, and what they leave."""
    operation, forward, cases = operation_cases.operation, operation_cases.forward, operation_cases.cases
    pairs = _applied(first, list(request_pairs(operation, forward, cases)))
    found = first + [each for each in explain(pairs, designed=DESIGNED) if not _is_table_of_ids(each)]
    found += added(pairs)
    return found, residue(_applied(found, list(request_pairs(operation, forward, cases))))


def _applied(found: Sequence[Explained], pairs: list[Pair]) -> list[Pair]:
    for each in found:
        if each.step is not None:
            apply = each.step.compile()
            for pair in pairs:
                apply(pair.answer)
    return pairs


def _is_table_of_ids(each: Explained) -> bool:
    """A table of the ids that were seen says nothing of those that were not."""
    return each.step is not None and isinstance(each.step, Table) and each.at[:1] == ("path",)
