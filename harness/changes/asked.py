"""Steps that somebody proved by asking NEW, or read in what it declares: the pairs carry them, and they come before what the
values suggest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from harness.changes.agreement import same
from harness.changes.evidence import Case
from harness.changes.explain import Explained, Pair
from harness.changes.kind import kinds
from harness.changes.node import Proposal
from harness.changes.telling import telling_apart
from harness.lens.answer import Answer
from harness.lens.condition import ALWAYS, Condition
from harness.lens.rebuild import rebuilt
from harness.lens.step import BodyStep, Step, StepError, read_step, write_step
from harness.lens.steps.default import Default
from harness.lens.steps.rename import Rename
from harness.model.change import Support
from harness.model.json_text import Json, serialize

ASKED = "asked"
"""The `_backfit` field of a call of NEW's: the steps by which it was made of OLD's, as they stand in a shim file."""

_KINDS: Mapping[type[Step], str] = {Rename: "request-parameter-renamed", Default: "request-parameter-added"}
_OTHERS = "request-changed"


def written(steps: Sequence[Step]) -> list[Json]:
    """The steps as a call carries them."""
    return [write_step(step) for step in steps]


def proven(cases: Sequence[Case], pairs: Sequence[Pair]) -> list[Explained]:
    """The steps that calls carry, where they turn OLD's document into NEW's in each of these calls; edits the pairs' answers.

    A step that would change calls that carry others has the condition that tells the two apart, else it is not taken.
    """
    carried = {case.number: serialize(case.pair.new.meta.get(ASKED, [])) for case in cases}
    found: list[Explained] = []
    for text in dict.fromkeys(carried[pair.number] for pair in pairs):
        having = [pair for pair in pairs if carried[pair.number] == text]
        others = [pair for pair in pairs if carried[pair.number] != text]
        steps = _read(next(case for case in cases if carried[case.number] == text).pair.new.meta.get(ASKED, []))
        if steps and all(same(pair.old, _edited(steps, pair)) for pair in having):
            condition = _condition(steps, having, others)
            if condition is not None:
                found += _explained([step.conditioned(condition) for step in steps], pairs)
    return found


def _read(carried: Any) -> list[BodyStep]:
    """The steps; none where a hand has spoilt them."""
    try:
        steps = [read_step(each) for each in carried] if isinstance(carried, list) else []
    except StepError:
        return []
    return [step for step in steps if isinstance(step, BodyStep)]


def _edited(steps: Sequence[Step], pair: Pair) -> Json:
    answer = Answer(0, [], rebuilt(pair.answer.body), pair.answer.call)
    for step in steps:
        step.compile()(answer)
    return answer.body


def _condition(steps: Sequence[Step], having: Sequence[Pair], others: Sequence[Pair]) -> Condition | None:
    harmed = [pair.answer for pair in others if not same(pair.answer.body, _edited(steps, pair))]
    if not harmed:
        return ALWAYS
    return telling_apart([pair.answer for pair in having], harmed, body=False, status=False)


def _explained(steps: Sequence[BodyStep], pairs: Sequence[Pair]) -> Iterator[Explained]:
    """Each step with the calls that it changes."""
    for step in steps:
        apply = step.compile()
        changed = []
        for pair in pairs:
            before = pair.answer.edits
            apply(pair.answer)
            if pair.answer.edits > before:
                changed.append(pair)
        values = {serialize(pair.old) for pair in changed}
        support = Support(pairs=len(pairs), agreeing=len(changed), distinct=len(values))
        facts = {"key": step.key, "value": step.value} if isinstance(step, Default) else {}
        proposal = Proposal(step, f"asking NEW showed: {step.describe()}", facts)
        yield Explained(kinds()[_KINDS.get(type(step), _OTHERS)], step.at, proposal, step, support, None, None)
