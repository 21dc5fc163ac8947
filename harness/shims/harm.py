"""A shim may leave a difference; it may not make one. Steps under which a leaf that was right becomes wrong are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from harness.changes.agreement import same
from harness.changes.evidence import Case
from harness.schema.discriminators import discriminator
from harness.shims.document import Learned, Shim
from harness.shims.leaves import compare
from harness.shims.program import Program, read_json

_ENOUGH = 50
"""Pairs, and up to twice as many, in which it is tried what a shim without a step does."""


def harmed(shim: Shim, cases: Sequence[Case]) -> list[Case]:
    """The pairs in which a leaf, or the status, was right without the shim and is wrong with it."""
    program = Program(shim, discriminator)
    return [case for case in cases if _spoilt(program, case)]


def without_harm(shim: Shim, cases: Sequence[Case]) -> Shim:
    """The shim less the steps that harm, taken out one by one: each time the one whose absence leaves the least harm.

    Where no single step is to blame, all steps of an entry go: a value that was right is worth more than one restored.
    """
    for fewer in (_one_step_less, _one_entry_less):
        while bad := _some(harmed(shim, cases)):
            candidates = [(_harm(candidate, bad), candidate) for candidate in fewer(shim)]
            least, smaller = min(candidates, key=lambda row: row[0], default=(0, shim))
            if not candidates or least >= _harm(shim, bad):
                break
            shim = smaller
    return shim


def _some(cases: Sequence[Case]) -> Sequence[Case]:
    """Enough to tell which step is to blame, from all over."""
    return cases[:: max(1, len(cases) // _ENOUGH)]


def _harm(shim: Shim, cases: Sequence[Case]) -> int:
    program = Program(shim, discriminator)
    return sum(_spoilt(program, case) for case in cases)


def _spoilt(program: Program, case: Case) -> int:
    """How many leaves were right and are not any more, and whether the status was.

    Where a body's form is turned, places move: a body that comes out with more right leaves than before is not spoilt.
    """
    applied = program.answer(program.as_asked(case.pair.new.request), case.new)
    if applied.edits == 0:
        return 0
    status = case.old.status == case.new.status != applied.response.status
    shimmed = read_json(applied.response)
    if same(case.old_body, shimmed):
        return int(status)
    before, after = compare(case.old_body, case.new_body), compare(case.old_body, shimmed)
    leaves = len(before.equal - after.equal) if len(after.equal) <= len(before.equal) else 0
    return leaves + status


def _one_entry_less(shim: Shim) -> Iterator[Shim]:
    for position, entry in enumerate(shim.entries):
        changed = replace(entry, response=(), otherwise=False)
        yield replace(shim, entries=(*shim.entries[:position], changed, *shim.entries[position + 1 :]))
    yield replace(shim, otherwise=())


def _one_step_less(shim: Shim) -> Iterator[Shim]:
    """The shim with one step less, for each of its steps that edit a body or a status."""
    for position, entry in enumerate(shim.entries):
        for response in _less_one(entry.response):
            changed = replace(entry, response=response)
            yield replace(shim, entries=(*shim.entries[:position], changed, *shim.entries[position + 1 :]))
    yield from (replace(shim, otherwise=steps) for steps in _less_one(shim.otherwise))


def _less_one(steps: tuple[Learned, ...]) -> Iterator[tuple[Learned, ...]]:
    for position in range(len(steps)):
        yield (*steps[:position], *steps[position + 1 :])
