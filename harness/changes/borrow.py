"""Steps that other operations prove, tried on one whose own answers are too few to prove them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from harness.changes.agreement import agreement, deformed, same
from harness.changes.explain import Explained, Pair
from harness.lens.answer import ABSENT
from harness.lens.places import values_at
from harness.lens.step import BodyStep, Step, write_step
from harness.lens.steps.copy import Copy
from harness.lens.steps.default import Default
from harness.lens.steps.drop import Drop
from harness.model.change import Support
from harness.model.json_text import Json, parse, serialize
from harness.model.paths import EACH


def borrow(pairs: Sequence[Pair], own: Sequence[Explained], lent: Sequence[Explained]) -> list[Explained]:
    """`own`, and those of `lent` that help, in the order in which they must be applied. Edits the pairs' answers.

    Drops stay last, since steps before them may read what they drop.
    """
    found = [each for each in own if not _is_drop(each)]
    drops = [each for each in own if _is_drop(each)]
    _run(pairs, found)
    seen = {serialize(write_step(each.step)) for each in own if each.step is not None}
    for each in [*lent, *(moved for other in lent for moved in _elsewhere(other))]:
        if each.step is None or _is_drop(each) or (key := serialize(write_step(each.step))) in seen:
            continue
        seen.add(key)
        helped = _helped(pairs, each)
        if helped:
            support = Support(pairs=len(pairs), agreeing=helped, distinct=helped)
            proposal = replace(each.proposal, message=f"{each.proposal.message} (as other operations prove)")
            found.append(replace(each, proposal=proposal, support=support, lent=True))
    _run(pairs, drops)
    return [*found, *drops]


def _elsewhere(each: Explained) -> Iterator[Explained]:
    """The same step on the same thing where it stands alone, not in a list, or the other way round."""
    step = each.step
    if not isinstance(step, BodyStep) or isinstance(step, Copy):
        return
    single = [(*step.at[:at], *step.at[at + 1 :]) for at, part in enumerate(step.at) if part is EACH]
    listed = [(*step.at[:at], EACH, *step.at[at:]) for at in range(len(step.at) + 1) if EACH not in step.at]
    for place in (*single, *listed):
        yield replace(each, at=place, step=step.moved(place), proposal=replace(each.proposal, step=step.moved(place)))


def _helped(pairs: Sequence[Pair], each: Explained) -> int:
    """In how many answers the step helps, and is then left applied; 0, and undone, where it changes one that it does not help."""
    assert each.step is not None
    apply = each.step.compile()
    before: list[tuple[Pair, Json]] = []
    helped = 0
    for pair in pairs:
        if pair.old is ABSENT or pair.answer.body is ABSENT:
            continue
        saved, edits = serialize(pair.answer.body), pair.answer.edits
        apply(pair.answer)
        if pair.answer.edits == edits:
            continue
        body = parse(saved)
        before.append((pair, body))
        was, now = agreement(pair.old, body), agreement(pair.old, pair.answer.body)
        if now <= was or deformed(pair.old, body, pair.answer.body) or _invented(each.step, pair):
            helped = 0
            break
        helped += 1
    if not helped:
        for pair, body in before:
            pair.answer.body = body
    return helped


def _invented(step: Step, pair: Pair) -> bool:
    """Whether a value that the step put where there was none is another than OLD's."""
    if not isinstance(step, (Default, Copy)):
        return False
    at = (*step.at, step.key if isinstance(step, Default) else step.to)
    return not same(values_at(pair.old, at), values_at(pair.answer.body, at))


def _run(pairs: Sequence[Pair], steps: Sequence[Explained]) -> None:
    for each in steps:
        if each.step is not None:
            apply = each.step.compile()
            for pair in pairs:
                apply(pair.answer)


def _is_drop(each: Explained) -> bool:
    return isinstance(each.step, Drop) and not each.step.only_null
