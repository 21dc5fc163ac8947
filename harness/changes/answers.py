"""What the kinds that look at whole answers see: the status, cookies, a body that is not JSON, where and how a call went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from harness.changes.evidence import Case
from harness.changes.study import Group, Study
from harness.model.body import Form
from harness.model.change import Level, Support, Undone
from harness.model.json_text import Json

_SHOWN = 200


@dataclass(frozen=True)
class Sighting:
    """One change at one operation. `path` is `status`, `header x`, `query x` or `$`; `told` tells it from its like there.

    `claims` are the numbers of the pairs that it explains wholly: no later kind speaks of how these calls succeed or fail.
    """

    operation: str
    path: str
    message: str
    support: Support
    old: Json = None
    new: Json = None
    undone: Undone = Undone.LOST
    how: str = ""
    told: str = ""
    level: Level | None = None
    claims: frozenset[int] = frozenset()


Detect = Callable[[Study, frozenset[int]], Iterable[Sighting]]
"""A kind's sightings in a study, less the pairs that kinds before it claimed."""


def crossed(study: Study, claimed: frozenset[int]) -> Iterator[tuple[str, list[Case], int]]:
    """(operation, its calls that succeed on one side only or are redirected on one, how many of the kind it has).

    Calls with the same two codes stand together.
    """
    groups: dict[tuple[str, int, int], list[Case]] = defaultdict(list)
    totals: dict[str, int] = defaultdict(int)
    for operation, _, case in study.crossed:
        totals[str(operation)] += 1
        if case.number not in claimed:
            groups[str(operation), case.old.status, case.new.status].append(case)
    for (name, _, _), cases in groups.items():
        yield name, cases, totals[name]


def codes(cases: Sequence[Case]) -> tuple[int, int]:
    """OLD's and NEW's status of calls that share both."""
    return cases[0].old.status, cases[0].new.status


def code_sighting(operation: str, cases: Sequence[Case], total: int, how: str) -> Sighting:
    """`status 200 became 404`, of calls that share both codes."""
    old, new = codes(cases)
    message = f"status {old} became {new}"
    claims = frozenset(case.number for case in cases)
    support = Support(total, len(cases), 1)
    return Sighting(operation, "status", message, support, old, new, how=how, told=f"{old} {new}", claims=claims)


def one_sided(group: Group) -> list[Case]:
    """The calls of a group whose bodies are written in two forms, of which one at least is JSON of a kind; empty is none."""
    return [case for case in group.cases if case.old_form is not case.new_form and Form.EMPTY not in _forms(case)]


def said(cases: Sequence[Case]) -> str:
    """`JSON became not JSON`, of calls whose bodies are written in two forms."""
    return f"{cases[0].old_form} became {cases[0].new_form}"


def counted(cases: Sequence[Case]) -> str:
    """`3 answers`."""
    return f"{len(cases)} answer{'s' if len(cases) != 1 else ''}"


def emptied(group: Group) -> list[Case]:
    """The calls of a group whose body is gone."""
    return [case for case in group.cases if case.new_form is Form.EMPTY is not case.old_form]


def appeared(group: Group) -> list[Case]:
    """The calls of a group that had no body, and have one."""
    return [case for case in group.cases if case.old_form is Form.EMPTY is not case.new_form]


def _forms(case: Case) -> tuple[Form, Form]:
    return case.old_form, case.new_form


def by_operation(group: Group, cases: Sequence[Case]) -> Iterator[tuple[str, list[Case], list[Case]]]:
    """Some of a group's calls by operation: (its name, those of `cases`, all that the group has of it)."""
    for operation in dict.fromkeys(case.operation for case in cases):
        own = [case for case in cases if case.operation == operation]
        yield str(operation), own, [case for case in group.cases if case.operation == operation]


def body_sighting(study_cases: Sequence[Case], cases: Sequence[Case], operation: str, message: str) -> Sighting:
    """Something about the bodies of `cases`, which are some of an operation's."""
    first = cases[0]
    support = Support(len(study_cases), len(cases), len({case.old.body for case in cases}))
    return Sighting(operation, "$", message, support, shown(first.old.body), shown(first.new.body))


def shown(body: bytes) -> str:
    """The beginning of a body as text."""
    return body[:_SHOWN].decode("utf-8", "replace")
