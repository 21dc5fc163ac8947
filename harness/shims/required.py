"""Which of the lost places OLD's contract demands: there, a person should choose what stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from harness.changes.evidence import Case, OperationOf
from harness.declared.recorded import deviations
from harness.lens.answer import Answer
from harness.lens.places import values_at
from harness.lens.steps.drop import Drop
from harness.model.exchange import Exchange
from harness.model.json_text import serialize
from harness.model.paths import Path
from harness.schema.discriminators import discriminator
from harness.shims.choices import member
from harness.shims.contract import Contract
from harness.shims.document import Entry, Lost, Shim
from harness.shims.program import Program, read_json
from harness.shims.settling import Bench

_REQUIRED = "required"
_TRIED = 3
"""Answers of OLD's in which a member is left out, to see what the contract says of that."""


def with_required(shim: Shim, bench: Bench, contract: Contract, operation_of: OperationOf) -> Shim:
    """The shim with `required: true` at each member that NEW's answers lack behind it, and OLD's contract demands.

    The contract is asked by leaving the member out of OLD's own answers.
    """
    program = Program(shim, discriminator)
    entries = (_entry(entry, bench.own(entry), program, contract, operation_of) for entry in shim.entries)
    return replace(shim, entries=tuple(entries))


def _entry(
    entry: Entry, cases: Sequence[Case], program: Program, contract: Contract, operation_of: OperationOf
) -> Entry:
    answers = [read_json(program.answer(program.as_asked(case.pair.new.request), case.new).response) for case in cases]
    gone = [lost for lost in entry.lost if any(_lacks(answer, at) for at in _members(lost) for answer in answers)]
    without = [each for lost in gone for each in _without(lost, cases)]
    found = deviations(without, contract.api, operation_of) if without else ()
    demanded = {seen.first.path for seen, _ in found if seen.first.keyword == _REQUIRED}
    if not demanded:
        return entry
    lost = (replace(each, required=each in gone and each.path in demanded) for each in entry.lost)
    return replace(entry, lost=tuple(lost))


def _members(lost: Lost) -> Iterator[Path]:
    if (at := member(lost)) is not None:
        yield at


def _lacks(body: object, at: Path) -> bool:
    """Whether an object that should hold the member does not."""
    return any(isinstance(each, dict) and at[-1] not in each for each in values_at(body, at[:-1]))


def _without(lost: Lost, cases: Sequence[Case]) -> Iterator[Exchange]:
    """A few of OLD's answers with the member left out everywhere."""
    tried = 0
    for at in _members(lost):
        leave_out = Drop(at=at[:-1], keys=(str(at[-1]),)).compile()
        for case in cases:
            answer = Answer(case.old.status, [], read_json(case.old))
            leave_out(answer)
            if answer.edits and tried < _TRIED:
                tried += 1
                yield replace(case.pair.old, response=replace(case.old, body=serialize(answer.body)))
