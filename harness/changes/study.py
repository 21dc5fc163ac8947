"""The study of an upgrade: paired recordings in, and out come the changes with the steps that undo them, operation by
operation. Both `backfit diff` and `backfit shim learn` read it, so that they can never disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from harness.changes.agreement import agreement, leaf_count
from harness.changes.borrow import borrow
from harness.changes.evidence import Case, OperationCases, OperationOf, gather
from harness.changes.explain import Explained, Pair, explain
from harness.changes.gauges import LIVE, gauges
from harness.changes.headers import HeaderCase, HeaderChange, header_change, header_names, usual_value
from harness.changes.judging import left
from harness.changes.noise import Noise, noise_between
from harness.changes.pairing import Paired, Pairing, pair
from harness.changes.renewed import same_ids
from harness.changes.requests import Rewriting
from harness.changes.requests import rewritings as rewritings_of
from harness.changes.residue import Residue
from harness.changes.telling import telling_apart
from harness.lens.answer import ABSENT, Answer
from harness.lens.condition import ALWAYS, Condition
from harness.lens.step import Apply, Step
from harness.lens.steps.status import Status
from harness.model.collector import collector_paused
from harness.model.exchange import Recording
from harness.model.json_text import allow_depth
from harness.model.operation import Operation
from harness.model.paths import Path, format_path
from harness.schema.operations import learn_operations

ERRORS = "errors"
_CONSTANT_EVERYWHERE = 3
_CONSTANT_HERE = 2
_TELLING = 3
_STRANGE = 0.05
_ADDED = "response-header-added"
"""A header that varies says nothing with its value, but OLD never sent it."""


@dataclass
class Group:
    """Pairs studied together: an operation's successful answers, or all answers that are errors on both sides.

    `explained`, `residue`, `headers` and `statuses` are what was found; `own_statuses` hold for one operation of it.
    `when` is the part of the operation's calls that it is about; `live` are measurements of the running system, passed over.
    `refused` are the query's parameters with one of which NEW answers something else.
    """

    name: str
    operation: Operation | None
    forward: str
    cases: list[Case]
    when: Condition = ALWAYS
    explained: list[Explained] = field(default_factory=list)
    residue: list[Residue] = field(default_factory=list)
    headers: list[HeaderChange] = field(default_factory=list)
    statuses: list[tuple[Status, int]] = field(default_factory=list)
    own_statuses: list[tuple[Operation, str, Status, int]] = field(default_factory=list)
    unsettled_statuses: list[tuple[int, int, int]] = field(default_factory=list)
    live: frozenset[Path] = frozenset()
    refused: tuple[str, ...] = ()

    @property
    def endless(self) -> bool:
        """Whether these answers come item by item, and no step edits them."""
        return any(case.endless for case in self.cases)


@dataclass
class Study:
    """`crossed` are the pairs whose answer succeeds on one side only; `rewritings` say how calls must be asked on NEW, for
    the operations whose calls are asked otherwise there.
    """

    pairing: Pairing
    groups: list[Group]
    everywhere: list[HeaderChange]
    crossed: list[tuple[Operation, str, Case]]
    noise: Noise
    operation_of: OperationOf
    rewritings: list[Rewriting] = field(default_factory=list)

    @property
    def remarks(self) -> Mapping[str, int]:
        """What must be said of the bodies that were compared, each with the number of answers that it is said of."""
        cases = [case for group in self.groups for case in group.cases] + [row[2] for row in self.crossed]
        live = {
            f"{format_path(at)} of {group.name} {LIVE}": len(group.cases) for group in self.groups for at in group.live
        }
        return Counter(remark for case in cases for remark in case.remarks) + Counter(live)

    def number_of(self, paired: Paired) -> int:
        """The number under which the cases know a pair."""
        return self._numbers[id(paired)]

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {id(paired): number for number, paired in enumerate(self.pairing.pairs)}


def study(
    old: Recording,
    new: Recording,
    old_again: Recording | None = None,
    new_again: Recording | None = None,
    *,
    templates: Iterable[str] = (),
    rewritings: Sequence[Rewriting] | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> Study:
    """Pair, sort, explain. `templates` are given path templates, which win over learned ones. `rewritings` are known where
    NEW's calls were made by them: to learn these again from their own work would prove nothing.

    Raises UsageError where nothing pairs, or where a template cannot be read.
    """
    new, old_again, new_again = same_ids(old, new, old_again, new_again)
    pairing = pair(old, new)
    operation_of = learn_operations(old.exchanges, templates).of
    noise = noise_between(old, old_again, new, new_again, operation_of)
    return study_pairs(pairing, operation_of, noise, rewritings=rewritings, tell=tell)


def study_pairs(
    pairing: Pairing,
    operation_of: OperationOf,
    noise: Noise,
    *,
    rewritings: Sequence[Rewriting] | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> Study:
    """The study of calls that are paired already."""
    allow_depth()
    with collector_paused():
        gathered = gather(pairing.pairs, operation_of)
        if rewritings is None:
            rewritings = rewritings_of(gathered)
        studied = _studied(pairing, gathered, operation_of, noise, tell)
        return replace(studied, rewritings=list(rewritings))


def _studied(
    pairing: Pairing,
    gathered: Sequence[OperationCases],
    operation_of: OperationOf,
    noise: Noise,
    tell: Callable[[str], None],
) -> Study:
    groups, crossed = grouped(gathered)
    _tell_forwards_apart(groups)
    tell(f"studying {len(pairing.pairs)} pairs in {len(groups)} groups")
    for group in groups:
        _study_bodies(group, noise)
    groups += [rest for group in groups if (rest := _set_apart(group, noise)) is not None]
    for group in groups:
        _study_statuses(group)
    _borrow(groups, noise)
    everywhere = _study_headers(groups, noise)
    return Study(pairing, groups, everywhere, crossed, noise, operation_of)


def grouped(gathered: Sequence[OperationCases]) -> tuple[list[Group], list[tuple[Operation, str, Case]]]:
    """The operations' answers that succeed on both sides, and all that fail on both; and the calls that succeed on one."""
    groups: list[Group] = []
    errors = Group(ERRORS, None, "", [])
    crossed = []
    for cases in gathered:
        group = Group(str(cases.operation), cases.operation, cases.forward, [])
        for case in cases.cases:
            failed = case.old.status >= 400, case.new.status >= 400
            if failed == (True, True):
                errors.cases.append(case)
            elif failed == (False, False) and (case.old.status >= 300) == (case.new.status >= 300):
                group.cases.append(case)
            else:
                crossed.append((cases.operation, cases.forward, case))
        if group.cases:
            groups.append(group)
    return groups + ([errors] if errors.cases else []), crossed


def _tell_forwards_apart(groups: Sequence[Group]) -> None:
    """Where one operation went to several places, find out which calls went where."""
    for group in groups:
        others = [other for other in groups if other is not group and other.operation == group.operation is not None]
        if others and group.operation is not None:
            mine = [case.answer() for case in group.cases]
            theirs = [case.answer() for other in others for case in other.cases]
            found = telling_apart(mine, theirs, body=False, status=False)
            group.when = found or ALWAYS


def _study_bodies(group: Group, noise: Noise) -> None:
    pairs = _pairs_of(group)
    noisy = noise.of(group.operation)
    group.explained = explain(pairs, noisy)
    group.live = frozenset() if noise.measured else gauges(pairs)
    group.residue = left(pairs, group.cases, _steps_of(group), noise, group.live)


def _set_apart(group: Group, noise: Noise) -> Group | None:
    """The calls that NEW answers with something else wherever a parameter is there: nothing of such an answer is turned.

    NEW takes `q` for a filter, say, and finds nothing. The group is narrowed to calls without these parameters.
    """
    answers = [case.answer() for case in group.cases]
    strange = [_is_strange(case, answer, _steps_of(group)) for case, answer in zip(group.cases, answers, strict=True)]
    fine = [answer for answer, other in zip(answers, strange, strict=True) if not other]
    others = [answer for answer, other in zip(answers, strange, strict=True) if other]
    if group.operation is None or not others or len(fine) < _CONSTANT_HERE:
        return None
    found = telling_apart(fine, others, body=False, status=False)
    if found is None or any(wanted is not False for _, wanted in found.query):
        return None
    refused = tuple(name for name, _ in found.query)
    rest = replace(group, cases=[case for case, other in zip(group.cases, strange, strict=True) if other])
    rest.explained, rest.refused = [], refused
    rest.when = group.when.and_(Condition(query=((refused[0], True),))) if len(refused) == 1 else group.when
    rest.residue = left(_pairs_of(rest), rest.cases, (), noise, rest.live)
    group.cases = [case for case, other in zip(group.cases, strange, strict=True) if not other]
    group.when = group.when.and_(found)
    _study_bodies(group, noise)
    return rest


def _is_strange(case: Case, answer: Answer, steps: Sequence[Step]) -> bool:
    """Whether nothing that OLD said stands in NEW's answer, even as the steps turn it."""
    for step in steps:
        step.compile()(answer)
    if case.old_body is ABSENT or answer.body is ABSENT or leaf_count(case.old_body) < _TELLING:
        return False
    return agreement(case.old_body, answer.body) < _STRANGE


def _steps_of(group: Group) -> list[Step]:
    return [each.step for each in group.explained if each.step is not None]


def _borrow(groups: Sequence[Group], noise: Noise) -> None:
    """What one operation's answers prove, another's few answers may only suggest: the same steps are tried there too.

    A step is borrowed where it brings at least one answer nearer to OLD's and changes none that it does not.
    """
    known = [(group, each) for group in groups for each in group.explained if each.step is not None]
    for group in groups:
        if group.operation is None or not group.residue:
            continue
        lent = [each for other, each in known if other is not group and other.operation is not None]
        pairs = _pairs_of(group)
        borrowed = borrow(pairs, group.explained, lent)
        if len(borrowed) > len(group.explained):
            group.explained = borrowed
            group.residue = left(pairs, group.cases, _steps_of(group), noise, group.live)


def _pairs_of(group: Group) -> list[Pair]:
    return [Pair(case.number, case.old_body, case.answer()) for case in group.cases]


def _study_statuses(group: Group) -> None:
    """Which code of NEW's stands for which of OLD's: in the whole group, in cases that can be told apart, or by operation."""
    applied = [] if group.endless else [step.compile() for step in _steps_of(group)]
    by_new: dict[int, dict[int, list[Case]]] = {}
    for case in group.cases:
        by_new.setdefault(case.new.status, {}).setdefault(case.old.status, []).append(case)
    for new, olds in by_new.items():
        for old, cases in olds.items():
            if old == new:
                continue
            others = [case for status, rest in olds.items() if status != old for case in rest]
            condition = _telling(cases, others, applied)
            if condition is not None:
                group.statuses.append((Status(from_=new, to=old, when=condition), len(cases)))
                continue
            operations = _by_operation(cases)
            for operation, forward, own in operations:
                if len(own) < _CONSTANT_HERE or any(case.operation == operation for case in others):
                    group.unsettled_statuses.append((old, new, len(own)))
                else:
                    group.own_statuses.append((operation, forward, Status(from_=new, to=old), len(own)))


def _telling(cases: Sequence[Case], others: Sequence[Case], applied: Sequence[Apply]) -> Condition | None:
    if not others:
        return ALWAYS
    if len(cases) < _CONSTANT_HERE:
        return None
    return telling_apart([_edited(case, applied) for case in cases], [_edited(case, applied) for case in others])


def _edited(case: Case, applied: Sequence[Apply]) -> Answer:
    """The answer as the steps on its body leave it: that is what a condition of the status finds."""
    answer = case.answer()
    for apply in applied:
        apply(answer)
    return answer


def _by_operation(cases: Sequence[Case]) -> list[tuple[Operation, str, list[Case]]]:
    keys = dict.fromkeys((case.operation, case.forward) for case in cases)
    return [(*key, [case for case in cases if (case.operation, case.forward) == key]) for key in keys]


def _study_headers(groups: Sequence[Group], noise: Noise) -> list[HeaderChange]:
    """A change that all answers share is said once, for all or for a class of statuses; the others group by group."""
    by_group = [[_header_case(case) for case in group.cases] for group in groups]
    whole = [case for cases in by_group for case in cases]
    everywhere: list[HeaderChange] = []
    settled: set[tuple[str, int]] = set()
    for name in header_names(whole):
        noisy = name in noise.headers_of(None)
        for common, classes in _shared(name, whole):
            if not noisy or common.kind == _ADDED:
                everywhere.append(common)
                settled |= {(name, each) for each in classes}
    for group, cases in zip(groups, by_group, strict=True):
        for name in header_names(cases):
            open_ = [case for case in cases if (name, case.status_class) not in settled]
            least = 1 if usual_value(name, cases, whole) else _CONSTANT_HERE
            change = header_change(name, open_, least) if open_ else None
            noisy = name in noise.headers_of(group.operation)
            if change is not None and (not noisy or change.kind == _ADDED):
                group.headers.append(change)
    return everywhere


def _shared(name: str, whole: Sequence[HeaderCase]) -> Iterator[tuple[HeaderChange, set[int]]]:
    """The change of a header in all answers, with the classes of status that it settles; else of a class at a time."""
    classes = {case.status_class for case in whole}
    change = header_change(name, whole, _CONSTANT_EVERYWHERE)
    if change is not None and change.step is not None and change.step.when.query:
        return  # a parameter is an operation's own
    if change is None or change.step is not None:
        if change is not None:
            yield change, classes
        return
    for each in sorted(classes):
        part = header_change(name, [case for case in whole if case.status_class == each], _CONSTANT_EVERYWHERE)
        if part is not None and part.step is not None:
            narrow = Condition(status=f"{each}xx").and_(part.step.when)
            yield replace(part, step=part.step.conditioned(narrow)), {each}


def _header_case(case: Case) -> HeaderCase:
    return HeaderCase(case.number, case.old.headers, case.new.headers, case.answer())
