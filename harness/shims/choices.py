"""What a person chooses where Backfit must not: one of several explanations, or what stands in for what is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from harness.lens.answer import ABSENT
from harness.lens.step import BodyStep, Step
from harness.lens.steps.default import Default
from harness.lens.steps.drop import Drop
from harness.lens.steps.refuse import Refuse
from harness.model.json_text import Json
from harness.model.paths import Path, parse_path
from harness.shims.document import ERROR, HAND, Ambiguous, Entry, Learned, Lost
from harness.shims.places import places

_CHOSEN = "chosen for what is lost"

Score = Callable[[Entry], int]
"""How right an entry's answers are; more is better."""


def chosen(entry: Entry) -> tuple[Learned, ...]:
    """The steps that do what a person chose for what is lost; they come after the entry's own."""
    steps = ((lost, standing_in(lost)) for lost in entry.lost if lost.then is not ABSENT)
    return tuple(Learned(step, f"{_CHOSEN}: {lost.reason}", HAND) for lost, step in steps if step is not None)


def standing_in(lost: Lost) -> Step | None:
    """The step for one; None where nothing can stand in, for it is no member of an object."""
    at = member(lost)
    if at is None:
        return None
    if lost.then == ERROR:
        return Refuse(at=at[:-1], key=str(at[-1]), message=lost.reason or f"{lost.path} is lost")
    return Default(at=at[:-1], key=str(at[-1]), value=lost.then)


def member(lost: Lost) -> Path | None:
    """The place where it is a member of an object in the body."""
    try:
        at = parse_path(lost.path)
    except ValueError:  # `header …`, `status`, `request …`, or what a person wrote
        return None
    return at if at and isinstance(at[-1], str) else None


def with_then(entry: Entry, lost: Lost, then: Json) -> Entry:
    """The entry with a person's choice for one of its lost places."""
    return replace(entry, lost=tuple(replace(each, then=then) if each is lost else each for each in entry.lost))


def settled(entry: Entry, ambiguous: Ambiguous, choice: Learned, score: Score) -> Entry:
    """The entry with one of the explanations as a step, marked as a person's, where it does the most good.

    Where it makes no difference, it stands before the last steps that only drop: they may drop what it reads.
    """
    step, restored = replace(choice, by=HAND), set(places(choice.step))
    lost = tuple(each for each in entry.lost if each.path not in restored)
    left = replace(entry, ambiguous=_without(entry.ambiguous, ambiguous), lost=lost)
    candidates = [_inserted(left, step, at) for at in range(len(entry.response) + 1)]
    usual = _before_drops(entry.response)
    order = [usual, *(at for at in reversed(range(len(candidates))) if at != usual)]
    return candidates[max(order, key=lambda at: score(candidates[at]))]


def unsettled(entry: Entry, ambiguous: Ambiguous) -> Entry:
    """The entry with none of the explanations: what the choices would restore is lost."""
    lost = Lost(ambiguous.path, f"none of {len(ambiguous.choices)} explanations was taken: {ambiguous.reason}")
    return replace(entry, ambiguous=_without(entry.ambiguous, ambiguous), lost=(*entry.lost, lost))


def _without(all_: Sequence[Ambiguous], one: Ambiguous) -> tuple[Ambiguous, ...]:
    return tuple(each for each in all_ if each is not one)


def _inserted(entry: Entry, step: Learned, at: int) -> Entry:
    return replace(entry, response=(*entry.response[:at], step, *entry.response[at:]))


def _before_drops(steps: Sequence[Learned]) -> int:
    at = len(steps)
    while at and (isinstance(steps[at - 1].step, Drop) or not isinstance(steps[at - 1].step, BodyStep)):
        at -= 1
    return at
