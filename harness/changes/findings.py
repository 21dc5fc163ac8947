"""The study as findings for a person and a pipeline: what changed, how bad, and what the shim does about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from harness.changes.evidence import Case
from harness.changes.explain import Explained
from harness.changes.headers import HeaderChange
from harness.changes.kind import Kind, kinds
from harness.changes.residue import Residue
from harness.changes.study import Group, Study
from harness.lens.answer import ABSENT
from harness.lens.condition import ALWAYS
from harness.model.change import Change, Level, Support, Undone
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.paths import format_path

_SHOWN = 3
_RANK = {Level.BREAK: 0, Level.RISK: 1, Level.INFO: 2}
_UNKNOWN_READS = "nothing says what the plugin reads, so every place counts as read"


def findings(study: Study) -> list[Change]:
    """Every change, the worst first, then by operation in the order of the recording."""
    found: list[Change] = []
    for group in study.groups:
        found += _moved(group)
        explained = [_explained(group, each) for each in group.explained]
        told = {change.path for change in explained if change.undone in (Undone.PARTLY, Undone.LOST)}
        found += explained
        found += [
            _residue(group, rest, study.noise.measured) for rest in group.residue if format_path(rest.at) not in told
        ]
        found += _statuses(group)
        found += _bodies(group, group.operation in study.noise.texts)
    found += _crossed(study.crossed)
    found += _headers(study)
    return sorted(found, key=lambda change: _RANK[change.level])


def skipped(study: Study) -> dict[str, int]:
    """What was not compared, and why."""
    without_answer = sum(pair.old.response is None or pair.new.response is None for pair in study.pairing.pairs)
    counts = {
        "no partner in NEW's recording": len(study.pairing.only_old),
        "no partner in OLD's recording": len(study.pairing.only_new),
        "no answer was recorded": without_answer,
    }
    return {reason: count for reason, count in counts.items() if count}


def _change(
    kind: Kind,
    operation: str,
    path: str,
    message: str,
    support: Support,
    *,
    old: Json = None,
    new: Json = None,
    undone: Undone,
    how: str = "",
    reason: str = "",
    level: Level | None = None,
    facts: Mapping[str, Json] | None = None,
) -> Change:
    level = level or kind.level
    default = _UNKNOWN_READS if level is Level.BREAK else kind.meaning
    return Change(
        kind=kind.id,
        title=kind.title,
        level=level,
        operation=operation,
        path=path,
        message=message,
        reason=reason or default,
        support=support,
        old=old,
        new=new,
        undone=undone,
        how=how,
        facts=facts or {},
    )


def _explained(group: Group, each: Explained) -> Change:
    key = each.proposal.facts.get("key")
    added = each.kind.id == "response-optional-property-added"
    path = _path(each)
    undone, how = Undone.UNDONE, each.step.describe() if each.step else ""
    if added:
        undone = Undone.NOT_NEEDED
    elif each.step is None:
        undone, how = Undone.LOST, f"ambiguous: {', '.join(each.proposal.rivals)} would do as well"
    elif each.proposal.facts.get("covered", 0) != each.proposal.facts.get("having", 0):
        undone = Undone.PARTLY
    old, new = (None, each.new.get(key)) if added and isinstance(each.new, dict) else (each.old, each.new)
    return _change(
        each.kind,
        group.name,
        path,
        each.proposal.message,
        each.support,
        old=old,
        new=new,
        undone=undone,
        how=how,
        facts=dict(each.proposal.facts),
    )


_AT_MEMBER = frozenset(
    {
        "response-property-derivable",
        "response-constant-property-removed",
        "response-property-became-optional",
        "response-null-property-added",
        "response-optional-property-added",
        "response-property-split",
    }
)


def _path(each: Explained) -> str:
    """The place in OLD's answer: of the member, where the kind is about one."""
    facts = each.proposal.facts
    if each.kind.id == "response-property-renamed":
        return format_path((*each.at, str(facts["old"])))
    if each.kind.id == "response-property-moved":
        return format_path(each.at) + str(facts["old"])[1:]
    if each.kind.id in _AT_MEMBER:
        return format_path((*each.at, str(facts["key"])))
    return format_path(each.at)


def _residue(group: Group, rest: Residue, measured: bool) -> Change:
    kind = kinds()[rest.kind]
    reason = ""
    if rest.kind == "response-value-changed" and not measured:
        reason = "no second run of each version was given, so this may be noise: give --old-again and --new-again"
    undone = Undone.NOT_NEEDED if kind.level is Level.INFO else Undone.LOST
    return _change(
        kind,
        group.name,
        format_path(rest.at),
        rest.message,
        rest.support,
        old=rest.old,
        new=rest.new,
        undone=undone,
        reason=reason,
    )


def _headers(study: Study) -> Iterator[Change]:
    """The same change of a header in several operations, or classes of status, is one finding."""
    told: dict[tuple[str, ...], list[tuple[str, HeaderChange]]] = {}
    rows = [(_answers(change), change) for change in study.everywhere]
    rows += [(group.name, change) for group in study.groups for change in group.headers]
    for operation, change in rows:
        how = change.step.conditioned(ALWAYS).describe() if change.step else ""
        told.setdefault((change.kind, change.header, how), []).append((operation, change))
    for same in told.values():
        operations = list(dict.fromkeys(operation for operation, _ in same))
        first = same[0][1]
        supports = [change.support for _, change in same]
        support = Support(
            sum(each.pairs for each in supports),
            sum(each.agreeing for each in supports),
            max(each.distinct for each in supports),
        )
        shown = ", ".join(operations[:_SHOWN]) + (
            f" and {len(operations) - _SHOWN} more" if len(operations) > _SHOWN else ""
        )
        yield replace(
            _header(shown, replace(first, support=support)), places=tuple(operations) if len(operations) > 1 else ()
        )


def _answers(change: HeaderChange) -> str:
    status = change.step.when.status if change.step else ""
    return f"every {status} answer" if status else "every answer"


def _header(operation: str, change: HeaderChange) -> Change:
    kind = kinds()[change.kind]
    undone = Undone.UNDONE if change.step is not None else Undone.LOST
    if kind.level is Level.INFO:
        undone = Undone.NOT_NEEDED
    how = change.step.describe() if change.step is not None else change.reason
    return _change(
        kind,
        operation,
        f"header {change.header}",
        change.message,
        change.support,
        old=change.old,
        new=change.new,
        undone=undone,
        how=how,
    )


def _moved(group: Group) -> Iterator[Change]:
    if group.forward and group.operation is not None:
        count = len(group.cases)
        yield _change(
            kinds()["request-path-moved"],
            group.name,
            "$",
            f"NEW serves this call at {group.forward}",
            Support(count, count, len({case.pair.old.request.path for case in group.cases})),
            old=f"{group.operation.method} {group.operation.template}",
            new=group.forward,
            undone=Undone.UNDONE,
            how=f"forwarded to {group.forward}",
        )


def _statuses(group: Group) -> Iterator[Change]:
    kind = kinds()["response-status-changed"]
    for step, count in group.statuses:
        support = Support(len(group.cases), count, 1)
        yield _change(
            kind,
            group.name,
            "status",
            f"status {step.to} became {step.from_}",
            support,
            old=step.to,
            new=step.from_,
            undone=Undone.UNDONE,
            how=step.describe(),
        )
    for operation, _, step, count in group.own_statuses:
        yield _change(
            kind,
            str(operation),
            "status",
            f"status {step.to} became {step.from_}",
            Support(count, count, 1),
            old=step.to,
            new=step.from_,
            undone=Undone.UNDONE,
            how=step.describe(),
        )
    for old, new, count in group.unsettled_statuses:
        yield _change(
            kind,
            group.name,
            "status",
            f"status {old} became {new} in some answers",
            Support(len(group.cases), count, 1),
            old=old,
            new=new,
            undone=Undone.LOST,
            how="nothing tells these answers from the others",
        )


def _bodies(group: Group, noisy: bool) -> Iterator[Change]:
    """Answers of which one side, or none, is JSON: compared by kind and by bytes, never passed over."""
    kind = kinds()["response-body-kind-changed"]
    one_sided = [case for case in group.cases if (case.old_body is ABSENT) != (case.new_body is ABSENT)]
    differing = [
        case
        for case in group.cases
        if case.old_body is ABSENT and case.new_body is ABSENT and case.old.body != case.new.body and not noisy
    ]
    for cases, message in (
        (one_sided, "the body is JSON on one side only"),
        (differing, "the body, which is not JSON, differs"),
    ):
        if cases:
            first = cases[0]
            yield _change(
                kind,
                group.name,
                "$",
                message,
                Support(len(group.cases), len(cases), len({case.old.body for case in cases})),
                old=_shown(first.old.body),
                new=_shown(first.new.body),
                undone=Undone.LOST,
                level=Level.BREAK if cases is one_sided else Level.RISK,
            )


def _shown(body: bytes) -> str:
    return body[:200].decode("utf-8", "replace")


def _crossed(rows: Sequence[tuple[Operation, str, Case]]) -> Iterator[Change]:
    """Calls that succeed on one side only, a finding for each operation and pair of codes."""
    counts: Counter[tuple[str, int, int]] = Counter((str(row[0]), row[2].old.status, row[2].new.status) for row in rows)
    totals: Counter[str] = Counter(str(row[0]) for row in rows)
    for (operation, old, new), count in counts.items():
        kind = kinds()["response-success-status-removed" if old < 400 else "response-failure-status-removed"]
        if 300 <= new < 400 or 300 <= old < 400:
            kind = kinds()["response-status-changed"]
        yield _change(
            kind,
            operation,
            "status",
            f"status {old} became {new}",
            Support(totals[operation], count, 1),
            old=old,
            new=new,
            undone=Undone.LOST,
            how="the new answer does not hold what the old one said",
        )
