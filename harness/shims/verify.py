"""Does the shim do what it says? NEW's answers through it, against OLD's, place by place, operation by operation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from harness.changes.evidence import OperationOf
from harness.changes.noise import Noise
from harness.changes.pairing import Paired
from harness.lens.answer import ABSENT
from harness.model.exchange import Response
from harness.model.operation import Operation
from harness.model.paths import EACH, Path
from harness.model.summary import Agreement
from harness.shims.leaves import Pointer, compare
from harness.shims.program import Program, read_json


@dataclass
class _Tally:
    pairs: int = 0
    leaves: int = 0
    before: int = 0
    after: int = 0
    noisy: int = 0
    lost: int = 0
    wrong: int = 0


@dataclass(frozen=True)
class Verification:
    """`agreement` per operation; `spoilt` are the places (call, JSON pointer) that were right and are wrong with the shim.

    `statuses` and `bodies` count the answers whose status differs, and those whose body is no JSON and differs.
    """

    agreement: tuple[Agreement, ...]
    spoilt: tuple[tuple[str, str], ...] = ()
    statuses: int = 0
    bodies: int = 0
    unknown: int = 0
    total: Agreement = field(default=Agreement("all", 0, 0, 0, 0, 0, 0, 0))


def verify(program: Program, pairs: Iterable[Paired], operation_of: OperationOf, noise: Noise) -> Verification:
    """Every pair that has both answers; `noise` says which places differ between two runs of one version."""
    tallies: dict[str, _Tally] = {}
    spoilt: list[tuple[str, str]] = []
    statuses = bodies = unknown = 0
    for paired in pairs:
        old, new = paired.old.response, paired.new.response
        if old is None or new is None:
            continue
        operation = operation_of(paired.old.request)
        applied = program.answer(paired.new.request, new)
        unknown += not applied.known
        statuses += old.status != applied.response.status
        bodies += _differing_bytes(old, applied.response)
        tally = tallies.setdefault(str(operation), _Tally())
        spoilt += [(paired.id, _pointer(at)) for at in _count(tally, operation, old, new, applied.response, noise)]
    agreement = tuple(
        Agreement(name, t.pairs, t.leaves, t.before, t.after, t.noisy, t.lost, t.wrong) for name, t in tallies.items()
    )
    return Verification(agreement, tuple(spoilt), statuses, bodies, unknown, _total(agreement))


def _count(
    tally: _Tally, operation: Operation, old: Response, new: Response, shimmed: Response, noise: Noise
) -> list[Pointer]:
    noisy = noise.of(operation)
    expected = read_json(old)
    before, after = compare(expected, read_json(new)), compare(expected, read_json(shimmed))
    live = {at for at in after.wrong if _template(at) in noisy}
    tally.pairs += 1
    tally.leaves += after.leaves
    tally.before += len(before.equal)
    tally.after += len(after.equal)
    tally.noisy += len(live)
    tally.lost += len(after.missing)
    tally.wrong += len(after.wrong) - len(live)
    return sorted((before.equal - after.equal) - live, key=str)


def _template(at: Pointer) -> Path:
    return tuple(EACH if isinstance(step, int) else step for step in at)


def _pointer(at: Pointer) -> str:
    """RFC 6901."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in at)


def _differing_bytes(old: Response, new: Response) -> bool:
    """Bodies that are no JSON are compared as bytes."""
    return read_json(old) is ABSENT and old.body != new.body


def _total(rows: Iterable[Agreement]) -> Agreement:
    rows = list(rows)
    return Agreement(
        "all",
        sum(row.pairs for row in rows),
        sum(row.leaves for row in rows),
        sum(row.equal_before for row in rows),
        sum(row.equal_after for row in rows),
        sum(row.noisy for row in rows),
        sum(row.lost for row in rows),
        sum(row.wrong for row in rows),
    )
