"""Steps on the elements of one list, done together: rows that have the same names are edited by one plan.

A plan is made for names that came often; all other rows go the long way, step by step, with the same result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from harness.lens.answer import Answer
from harness.lens.condition import Condition
from harness.lens.places import editor, walker
from harness.lens.plan import MISSED, Plan, plan_of
from harness.lens.sketch import Names, Unplanned, is_by_shape, sketched
from harness.lens.step import Apply, BodyStep, Step
from harness.model.json_text import Json
from harness.model.paths import EACH, Path, Wild

_OFTEN = 32
"""Rows with the same names before a plan is made: making one takes as long as some hundred rows do."""
_SHAPES = 64
_MEMBERS = 256
"""An object with more of them is a map, whose names do not come again."""


def together(steps: Sequence[Step]) -> Iterator[tuple[Step, ...]]:
    """The steps in order, those in one tuple that can be done together."""
    for list_, run in groupby(steps, _list_of):
        if list_ is None:
            yield from ((step,) for step in run)
        else:
            yield tuple(run)


def compiled(steps: Sequence[Step]) -> Apply:
    """Some that `together` gave, as one function: the same as one after the other, with the same count of edits."""
    first = steps[0]
    if len(steps) == 1 or not isinstance(first, BodyStep):
        return first.compile()
    each = _last_each(first.at) + 1
    rows = _Rows([(step.at[each:], step) for step in steps if isinstance(step, BodyStep)])
    return first.when.guard(editor(first.at[: each - 1], rows.edit))


def _list_of(step: Step) -> tuple[Path, Condition] | None:
    """The list that a step is about, and its condition; None where it cannot be done together with others."""
    if not isinstance(step, BodyStep) or step.when.body or not is_by_shape(step):
        return None
    each = _last_each(step.at)
    is_plain = each >= 0 and all(isinstance(name, str) for name in step.at[each + 1 :])
    return (step.at[: each + 1], step.when) if is_plain else None


def _last_each(path: Path) -> int:
    """-1 where the last wildcard is another, or none."""
    wild = max((at for at, step in enumerate(path) if isinstance(step, Wild)), default=-1)
    return wild if wild >= 0 and path[wild] is EACH else -1


class _Rows:
    """Plans are kept from answer to answer. Threads may both make one: they are alike."""

    def __init__(self, steps: Sequence[tuple[Path, BodyStep]]) -> None:
        self._steps = steps
        self._long_way = [walker((EACH, *at), step.edit()) for at, step in steps]
        self._plans: dict[Names | None, Plan] = {}
        self._seen: Counter[Names] = Counter()

    def edit(self, rows: Json, answer: Answer) -> Json:
        """Edits a list in place; anything else stays."""
        if not isinstance(rows, list):
            return rows
        left: list[int] = []
        before: Names | None = None
        plan: Plan = _no_plan
        for at, row in enumerate(rows):
            names = tuple(row) if type(row) is dict else None
            if names != before:
                before, plan = names, self._plans.get(names, _no_plan)
            new = plan(row, answer)
            if new is MISSED:
                left.append(at)
            else:
                rows[at] = new
        if left:
            self._go_long_way(rows, left, answer)
        return rows

    def _go_long_way(self, rows: list[Json], left: list[int], answer: Answer) -> None:
        rest = [rows[at] for at in left]
        for row in rest:
            self._see(row)
        for walk in self._long_way:
            walk(rest, answer)
        for at, row in zip(left, rest, strict=True):
            rows[at] = row

    def _see(self, row: Json) -> None:
        """Make a plan for rows like this one, as soon as there were many."""
        if not isinstance(row, dict) or len(row) > _MEMBERS or (names := tuple(row)) in self._plans:
            return
        if names in self._seen or len(self._seen) < _SHAPES:
            self._seen[names] += 1
        if self._seen[names] >= _OFTEN:
            self._plans[names] = self._plan(row)

    def _plan(self, row: dict[str, Json]) -> Plan:
        try:
            return plan_of(sketched(self._steps, row))
        except Unplanned:
            return _no_plan


def _no_plan(_row: Json, _answer: Answer) -> Json:
    return MISSED
