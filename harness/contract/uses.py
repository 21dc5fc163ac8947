"""From what was seen of a plugin's reads to what it uses of each operation's answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.contract.calls import Calls
from harness.contract.code_places import told
from harness.contract.places import generalised, normal_place
from harness.model.exchange import Recording
from harness.model.operation import Operation
from harness.model.reads import Access, Need, Op, PlaceUse
from harness.schema.operations import Operations

Needs = Mapping[str, Mapping[str, Mapping[str, Need]]]
"""Operation → place → what was done to it (`removed`, `null`, `retyped`) → whether the plugin felt it."""


def uses(
    accesses: Iterable[Access],
    operations: Operations,
    recording: Recording,
    roots: Sequence[Path] = (),
    watched: Iterable[tuple[str, str]] | None = None,
) -> dict[Operation, tuple[PlaceUse, ...]]:
    """What is used of each operation that `recording` (the plugin's own calls) has; () where nothing of its answers is.

    `operations` are those learned from it, `roots` the plugin's folders, which files in its code are told relative to. `watched`
    are the calls (method, URL) whose answers came where reads are seen: an operation without one, of which nothing was read
    either, is left out, as nobody knows; None says that all did. Places that are none, and accesses to answers that the
    recording does not have (the page's own), are left out too.
    """
    calls = Calls.of(recording, operations)
    came = calls.bodies if watched is None else [each for called in watched for each in calls.at(*called)]
    seen: dict[Operation, dict[str, _Touched]] = {operation: {} for operation in came}
    for access in accesses:
        try:
            place = normal_place(access.place)
        except ValueError:  # a stranger's code wrote it
            continue
        for operation in calls.meant(access):
            places = seen.setdefault(operation, {})
            touched = places.setdefault(generalised(place, calls.bodies[operation]), _Touched())
            touched.ops[access.op] += access.count
            touched.where |= dict.fromkeys(access.where)
    return {
        operation: tuple(each.use(place, roots) for place, each in sorted(places.items()))
        for operation, places in seen.items()
    }


def merged(reads: Iterable[PlaceUse], needs: Mapping[str, Mapping[str, Need]]) -> tuple[PlaceUse, ...]:
    """Each place once, with what was seen and what ablation found, in the order of their names."""
    seen = {each.place: each for each in reads}
    places = sorted({*seen, *needs})
    return tuple(
        PlaceUse(place, each.ops, each.where, needs.get(place))
        for place in places
        for each in [seen.get(place, PlaceUse(place, {}))]
    )


def is_needed(use: PlaceUse) -> bool:
    """Whether the plugin's outcome changes with any change of the place."""
    return Need.NEEDED in (use.need or {}).values()


@dataclass
class _Touched:
    ops: Counter[Op] = field(default_factory=Counter)
    where: dict[str, None] = field(default_factory=dict)

    def use(self, place: str, roots: Sequence[Path]) -> PlaceUse:
        """With the ops in their own order, the most telling first."""
        return PlaceUse(place, {op: self.ops[op] for op in Op if self.ops[op]}, told(self.where, roots))
