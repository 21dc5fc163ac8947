"""What OLD never sent goes again. A member that OLD does send in other answers goes only where it says what it said here."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from harness.changes.study import Group
from harness.changes.unset import is_unset, only_unset
from harness.lens.places import values_at
from harness.lens.steps.drop import Drop
from harness.model.json_text import Json, serialize
from harness.model.paths import Path
from harness.shims.document import Learned


def names_in(bodies: Iterable[Json]) -> set[str]:
    """The names of all members in all bodies."""
    names: set[str] = set()
    waiting = list(bodies)
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            names.update(value)
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return names


def wary(steps: Sequence[Learned], group: Group, known: Container[str]) -> Iterator[Learned]:
    """The steps; of what they drop, members that OLD sends in other answers (`known`) are dropped only where they are unset.

    NEW may write out what OLD leaves out: `note: ""`. Where NEW had a value, or OLD's object nothing at all, all of it goes.
    """
    for learned in steps:
        step = learned.step
        if not isinstance(step, Drop) or step.only_null:
            yield learned
            continue
        told = [] if _was_empty(group, step.at) else [key for key in step.keys if key in known]
        unset = {key: values for key in told if (values := _unset(group, steps, step.at, key))}
        if always := tuple(key for key in step.keys if key not in unset):
            yield replace(learned, step=replace(step, keys=always))
        for key, value in [(key, value) for key, values in unset.items() for value in values]:
            yield replace(learned, step=only_unset(replace(step, keys=(key,)), value))


def gathered(steps: Iterable[Learned]) -> list[Learned]:
    """Drops at one place, of one kind, are one step, where the first of them stands."""
    found: list[Learned] = []
    at: dict[Drop, int] = {}
    for learned in steps:
        step = learned.step
        if not isinstance(step, Drop):
            found.append(learned)
            continue
        kind = replace(step, keys=())
        if kind in at:
            before = found[at[kind]]
            assert isinstance(before.step, Drop)
            keys = tuple(dict.fromkeys((*before.step.keys, *step.keys)))
            found[at[kind]] = replace(before, step=replace(step, keys=keys))
        else:
            at[kind] = len(found)
            found.append(learned)
    return found


def _was_empty(group: Group, at: Path) -> bool:
    return not any(value for case in group.cases for value in values_at(case.old_body, at))


def _unset(group: Group, steps: Sequence[Learned], at: Path, key: str) -> list[Json]:
    """The unset values (null, false, 0, "", []) that NEW had as the member; none where it was always set."""
    applied = [learned.step.compile() for learned in steps if not isinstance(learned.step, Drop)]
    seen: dict[bytes, Json] = {}
    for case in group.cases:
        answer = case.answer()
        for apply in applied:
            apply(answer)
        for value in values_at(answer.body, (*at, key)):
            seen[serialize(value)] = value
    return [value for value in seen.values() if is_unset(value)]
