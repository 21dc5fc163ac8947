"""Steps that other operations prove, tried on one whose own answers are too few to prove them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.changes.agreement import agreement
from harness.changes.explain import Explained, Pair
from harness.lens.answer import ABSENT
from harness.lens.step import write_step
from harness.lens.steps.drop import Drop
from harness.model.change import Support
from harness.model.json_text import Json, parse, serialize


def borrow(pairs: Sequence[Pair], own: Sequence[Explained], lent: Sequence[Explained]) -> list[Explained]:
    """`own`, and those of `lent` that help, in the order in which they must be applied. Edits the pairs' answers.

    Drops stay last, since steps before them may read what they drop.
    """
    found = [each for each in own if not _is_drop(each)]
    drops = [each for each in own if _is_drop(each)]
    _run(pairs, found)
    seen = {serialize(write_step(each.step)) for each in own if each.step is not None}
    for each in lent:
        if each.step is None or _is_drop(each) or (key := serialize(write_step(each.step))) in seen:
            continue
        seen.add(key)
        helped = _helped(pairs, each)
        if helped:
            support = Support(pairs=len(pairs), agreeing=helped, distinct=helped)
            proposal = replace(each.proposal, message=f"{each.proposal.message} (as other operations prove)")
            found.append(replace(each, proposal=proposal, support=support))
    _run(pairs, drops)
    return [*found, *drops]


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
        was = agreement(pair.old, pair.answer.body)
        apply(pair.answer)
        if pair.answer.edits == edits:
            continue
        before.append((pair, parse(saved)))
        if agreement(pair.old, pair.answer.body) <= was:
            helped = 0
            break
        helped += 1
    if not helped:
        for pair, body in before:
            pair.answer.body = body
    return helped


def _run(pairs: Sequence[Pair], steps: Sequence[Explained]) -> None:
    for each in steps:
        if each.step is not None:
            apply = each.step.compile()
            for pair in pairs:
                apply(pair.answer)


def _is_drop(each: Explained) -> bool:
    return isinstance(each.step, Drop) and not each.step.only_null
