"""What differs between two runs of ONE version: it says nothing about the upgrade."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from harness.changes.agreement import pair_elements, same
from harness.changes.evidence import OperationOf, read_body
from harness.changes.pairing import pair
from harness.lens.answer import ABSENT
from harness.model.exchange import Recording
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.paths import EACH, Path


@dataclass(frozen=True)
class Noise:
    """`places` are templates of scalars, by operation. `measured` says whether a second run was there to measure by."""

    places: dict[Operation, set[Path]] = field(default_factory=dict)
    measured: bool = False

    def of(self, operation: Operation | None) -> Collection[Path]:
        """The noisy places of an operation; of all of them for None."""
        if operation is None:
            return set().union(*self.places.values())
        return self.places.get(operation, set())


def noise_between(
    old: Recording, old_again: Recording | None, new: Recording, new_again: Recording | None, operation_of: OperationOf
) -> Noise:
    """The scalars that differ within OLD's two runs or within NEW's; nothing is noisy where no second run is given."""
    noise = Noise(measured=old_again is not None or new_again is not None)
    names = {exchange.id: operation_of(exchange.request) for exchange in old.exchanges if exchange.id is not None}
    for first, second in ((old, old_again), (new, new_again)):
        if second is None:
            continue
        for paired in pair(first, second).pairs:
            if paired.old.response is None or paired.new.response is None:
                continue
            known = names.get(paired.old.id) if paired.old.id is not None else None
            operation = known or operation_of(paired.old.request)
            places = noise.places.setdefault(operation, set())
            places.update(_differing(read_body(paired.old.response), read_body(paired.new.response), ()))
    return noise


def _differing(one: Json, other: Json, at: Path) -> Iterator[Path]:
    """Templates of the scalars that differ; a form or a length that differs is no noise of a scalar."""
    if one is ABSENT or other is ABSENT:
        return
    if isinstance(one, dict) and isinstance(other, dict):
        for key, item in one.items():
            if key in other:
                yield from _differing(item, other[key], (*at, key))
    elif isinstance(one, list) and isinstance(other, list):
        for left, right in pair_elements(one, other)[0]:
            yield from _differing(one[left], other[right], (*at, EACH))
    elif type(one) is type(other) and not same(one, other):
        yield at
