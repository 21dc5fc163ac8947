"""Declared members that came and went, told as what they are: renamed, moved, wrapped, unwrapped. Each change is named once.

The ids are those of harness/changes/kinds, since it is the same change whether it was seen or declared.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from harness.declared.api import Api, DeclaredOperation
from harness.declared.compare import Comparer
from harness.declared.found import Found
from harness.declared.likeness import Side
from harness.declared.matching import answers, matched_operations
from harness.declared.media_types import matched
from harness.declared.raw_rows import Row, Rows
from harness.declared.reshaping import (
    FROM_LIST,
    HOISTED,
    LIST_WRAPPED,
    MOVED,
    OBJECT_WRAPPED,
    PLUNGED,
    RECASED,
    RENAMED,
    TO_LIST,
    UNWRAPPED,
    Transition,
)  # fmt: skip
from harness.declared.routes import operation_name
from harness.declared.rules import declared_rules, rule_id
from harness.declared.structure import structure
from harness.declared.values import short
from harness.declared.views import Views
from harness.declared.walk import Walk
from harness.model.change import Change, Level, Support, fingerprint
from harness.model.paths import Path, format_path, parse_path

_TITLES = {
    RENAMED: "field renamed",
    RECASED: "naming convention of all members changed",
    MOVED: "field moved to another object",
    HOISTED: "members moved out of an inner object",
    PLUNGED: "members moved into an inner object",
    OBJECT_WRAPPED: "object put into an envelope",
    LIST_WRAPPED: "list put into an object",
    UNWRAPPED: "envelope removed",
    TO_LIST: "single value became a list",
    FROM_LIST: "list became a single value",
}
_LOST = frozenset({"removed", "type", "types"})
_TELLING = ("old", "new", "key")


@dataclass(frozen=True)
class _Answered:
    """A transition, the two schemas that it is between, and the statuses of the answers that have it."""

    transition: Transition
    schemas: tuple[Any, Any]
    sides: tuple[Side, Side]
    statuses: list[str]


def claimed(old: Api, new: Api, changes: Sequence[Change]) -> list[Change]:
    """`changes` (as harness.declared.responses gives them) with the transitions in the place of those that they explain.

    What two transitions explain equally well stays as it is, with the question which of them it was.
    """
    by_operation: dict[str, list[Change]] = {}
    for change in changes:
        by_operation.setdefault(change.operation, []).append(change)
    told: dict[str, list[Change]] = {}
    explainer = _Explainer(old, new)
    for before, after in matched_operations(old, new):
        name = operation_name(before)
        if name in by_operation:
            told[name] = explainer.explained(by_operation[name], before, after)
    return [change for name, raw in by_operation.items() for change in told.get(name, raw)]


class _Explainer:
    def __init__(self, old: Api, new: Api) -> None:
        self.old, self.new = old, new
        self.walk = Walk(Comparer(Views(old.resolve), Views(new.resolve)))

    def explained(self, changes: Sequence[Change], before: DeclaredOperation, after: DeclaredOperation) -> list[Change]:
        rows = Rows()
        for change in changes:
            path = _path(change)
            if path is not None:
                rows.add(Row(change, path, path))
        told: list[Change] = []
        rivals: dict[Path, list[str]] = {}
        for each in self._found(before, after, rows.places(), rivals):
            claims = [row for row in rows.at(each.transition) if _claims(each, row)]
            if any(row.change.level is not Level.INFO for row in claims):
                rows.drop(claims)
                for row in self._inner(operation_name(before), each):
                    rows.add(row)
                told.append(_change(operation_name(before), each))
        asked = [_asked(row, rivals.get(row.old)).change for row in rows]
        return [*(each for each in changes if _path(each) is None), *asked, *told]

    def _found(
        self,
        before: DeclaredOperation,
        after: DeclaredOperation,
        differing: Container[Path],
        rivals: dict[Path, list[str]],
    ) -> list[_Answered]:
        """The transitions of all answers; the same one under several statuses is one."""
        found: dict[tuple[str, Path, Path], _Answered] = {}
        for status, one, other in _bodies(before, after):
            sides = Side.of(one, self.old.resolve), Side.of(other, self.new.resolve)
            told = structure(*sides, differing)
            rivals |= told.rivals
            for each in _recased(told.transitions):
                answered = _Answered(each, (one, other), sides, [])
                found.setdefault((each.kind, each.old, each.new), answered).statuses.append(status)
        return list(found.values())

    def _inner(self, operation: str, each: _Answered) -> Iterator[Row]:
        """What else differs between what stood here and what stands there now."""
        for here, there in each.transition.inner:
            pair = [
                side.schema(*path) if path else whole
                for side, path, whole in zip(each.sides, (here, there), each.schemas, strict=True)
            ]
            for path, found in self.walk.differences(*pair):
                at = (*path, *found.at)
                shown = (*there, *at) if found.old is None else (*here, *at)  # what was added is shown where it stands
                yield Row(_raw(operation, shown, found, each.statuses), (*here, *at), (*there, *at))


def _raw(operation: str, path: Path, found: Found, statuses: list[str]) -> Change:
    """A difference inside what moved, as harness.declared.responses tells those of what did not."""
    rule = declared_rules()[rule_id(found.id, "property" if path else "body")]
    sides = ("nothing" if side is None else short(side, 120) for side in (found.old, found.new))
    return Change(
        kind=rule.id,
        title=rule.title,
        level=rule.level,
        operation=operation,
        path=format_path(path),
        message=f"{found.message} (status {', '.join(statuses)})",
        reason="OLD declares {}, NEW declares {}".format(*sides),
        support=Support(0, 0, 0),
        old=found.old,
        new=found.new,
        facts={"statuses": statuses},
        fingerprint=fingerprint(rule.id, operation, format_path(path), found.told),
    )


def _bodies(before: DeclaredOperation, after: DeclaredOperation) -> Iterator[tuple[str, Any, Any]]:
    for status, one, other in answers(before.responses, after.responses):
        if one is not None and other is not None:
            for here, there, _ in matched(one.content, other.content):
                pair = one.content.get(here or ""), other.content.get(there or "")
                if pair[0] is not None and pair[1] is not None:
                    yield status, *pair


def _path(change: Change) -> Path | None:
    return parse_path(change.path) if change.path.startswith("$") else None


def _claims(each: _Answered, row: Row) -> bool:
    """Whether a raw change, under all of its statuses, is told by the transition."""
    if not {*row.change.facts.get("statuses", ())} <= {*each.statuses}:
        return False
    words = {*row.change.kind.split("-")}
    gone, come = each.transition.gone, each.transition.come
    return (row.old in gone and bool(words & _LOST)) or (row.new in come and "added" in words)


def _recased(transitions: Sequence[Transition]) -> list[Transition]:
    """A convention is that of several names; one name is a rename."""
    alone = sum(each.kind == RECASED for each in transitions) == 1
    return [replace(each, kind=RENAMED) if alone and each.kind == RECASED else each for each in transitions]


def _asked(row: Row, rivals: Sequence[str] | None) -> Row:
    """A member that is gone and could be one of several now."""
    if not rivals or "removed" not in row.change.kind.split("-"):
        return row
    question = f"is it {' or '.join(rivals)} now?"
    return replace(row, change=replace(row.change, question=question, facts={**row.change.facts, "rivals": [*rivals]}))


def _change(operation: str, answered: _Answered) -> Change:
    each = answered.transition
    path = format_path(each.old)
    name = next((step for step in reversed(each.old) if isinstance(step, str)), "$")
    told = {key: each.facts[key] for key in _TELLING if key in each.facts}
    where = "" if each.kind == RECASED else name
    return Change(
        kind=each.kind,
        title=_TITLES[each.kind],
        level=Level.BREAK,
        operation=operation,
        path=path,
        message=each.message,
        reason=f"OLD declares it at {path}, NEW at {format_path(each.new)}",
        support=Support(0, 0, 0),
        facts={**each.facts, "statuses": answered.statuses},
        # as harness.changes.findings has it, so that whoever accepts the change accepts it however it is known
        fingerprint=fingerprint(each.kind, "", where, {} if each.kind == RECASED else told),
    )
