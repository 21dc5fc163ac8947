"""What is noise in answers that a shim has edited: places that it moved vary where they stand now.

Where no second run was given, what tells the time of its own call and what is named like a measurement is taken for noise, as
in the study that shims are learned from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from harness.changes.agreement import same
from harness.changes.clock import clocks
from harness.changes.evidence import Case, OperationOf, gather, read_body
from harness.changes.explain import Pair
from harness.changes.gauges import gauges
from harness.changes.noise import Noise, varying
from harness.changes.pairing import Paired
from harness.lens.answer import Answer
from harness.model.exchange import Response
from harness.model.operation import Operation
from harness.model.paths import Path
from harness.shims.program import Program


def noise_behind(program: Program, pairs: Iterable[Paired], operation_of: OperationOf, noise: Noise) -> Noise:
    """`noise`, and what is noise in the pairs' answers behind the program."""
    places: dict[Operation, set[Path]] = {operation: set(found) for operation, found in noise.places.items()}
    for group in gather(pairs, operation_of):
        found = _varying(program, group.cases, noise) if noise.measured else _live(program, group.cases)
        places.setdefault(group.operation, set()).update(found)
    return replace(noise, places=places)


def _varying(program: Program, cases: Sequence[Case], noise: Noise) -> Iterable[Path]:
    """Where NEW's second run differs from its first, behind the program."""
    for case in cases:
        again = noise.new_again.to(case.pair.new)
        if again is not None:
            first, second = (read_body(_shimmed(program, case, each)) for each in (case.new, again))
            yield from varying(first, second, ())


def _live(program: Program, cases: Sequence[Case]) -> Iterable[Path]:
    pairs = [Pair(case.number, case.old_body, _answer(program, case)) for case in cases]
    differing = [pair for pair in pairs if not same(pair.old, pair.answer.body)]
    return clocks(differing, cases) | gauges(differing)


def _answer(program: Program, case: Case) -> Answer:
    shimmed = _shimmed(program, case, case.new)
    return Answer(shimmed.status, list(shimmed.headers), read_body(shimmed), case.call)


def _shimmed(program: Program, case: Case, response: Response) -> Response:
    return program.answer(program.as_asked(case.pair.new.request), response).response
