"""A shim may leave a difference; it may not make one. Steps under which a leaf that was right becomes wrong are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from harness.changes.evidence import Case
from harness.schema.discriminators import discriminator
from harness.shims.document import Learned, Shim
from harness.shims.leaves import compare
from harness.shims.program import Program, read_json

_MOST_ROUNDS = 12


def harmed(shim: Shim, cases: Sequence[Case]) -> list[Case]:
    """The pairs in which a leaf, or the status, was right without the shim and is wrong with it."""
    program = Program(shim, discriminator)
    return [case for case in cases if _harms(program, case)]


def without_harm(shim: Shim, cases: Sequence[Case]) -> Shim:
    """The shim less the steps that harm, taken out one by one: each time the one whose absence leaves the least harm."""
    for _ in range(_MOST_ROUNDS):
        bad = harmed(shim, cases)
        if not bad:
            return shim
        smaller = min(_smaller(shim), key=lambda candidate: len(harmed(candidate, bad)), default=None)
        if smaller is None or len(harmed(smaller, bad)) >= len(bad):
            return shim
        shim = smaller
    return shim


def _harms(program: Program, case: Case) -> bool:
    request, response = case.pair.new.request, case.new
    applied = program.answer(request, response)
    if applied.edits == 0:
        return False
    before, after = compare(case.old_body, case.new_body), compare(case.old_body, read_json(applied.response))
    spoilt_status = case.old.status == response.status != applied.response.status
    return spoilt_status or (bool(before.equal - after.equal) and len(after.equal) <= len(before.equal))


def _smaller(shim: Shim) -> Iterator[Shim]:
    """The shim with one step less, for each of its steps that edit a body or a status."""
    for position, entry in enumerate(shim.entries):
        for response in _less_one(entry.response):
            changed = replace(entry, response=response)
            yield replace(shim, entries=(*shim.entries[:position], changed, *shim.entries[position + 1 :]))
    yield from (replace(shim, otherwise=steps) for steps in _less_one(shim.otherwise))


def _less_one(steps: tuple[Learned, ...]) -> Iterator[tuple[Learned, ...]]:
    for position in range(len(steps)):
        yield (*steps[:position], *steps[position + 1 :])
