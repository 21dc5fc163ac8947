"""The same elements in another order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import factorial, log2

from harness.changes.agreement import pair_elements
from harness.changes.difference import Difference, Differs
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal, Sample
from harness.lens.condition import json_type
from harness.lens.steps.sort import Sort
from harness.model.change import Level
from harness.model.json_text import Json, serialize

KIND = Kind(
    id="response-list-reordered",
    number=24,
    title="list in another order",
    level=Level.RISK,
    stage=Stage.SHAPE,
    witness=Witness(
        old=([{"id": 2}, {"id": 10}, {"id": 11}], [{"id": 1}, {"id": 3}, {"id": 20}]),
        new=([{"id": 10}, {"id": 11}, {"id": 2}], [{"id": 1}, {"id": 20}, {"id": 3}]),
    ),
    meaning="The first element, or the n-th, is another one.",
    undo="The list is sorted by the member that OLD was sorted by, where there is one.",
    rank=99,
    sees=frozenset([Differs.ORDER]),
    local=True,
)


_SURE = 4.5
"""Two different lists of three elements, or one of four: one in 24 orders at least."""
_PAIRS = 2
_LONG = 20


def propose(node: Node) -> Iterator[Proposal]:
    """Sort by each member by which OLD was sorted in every pair."""
    if node.noisy:
        return
    samples = [sample for sample in node.of_types(list, list) if len(sample.old) > 1]
    moved = [sample for sample in samples if _reordered(sample.old, sample.new)]
    if not moved:
        return
    first = moved[0].old[0]
    for key in list(first)[:20] if isinstance(first, dict) else [""]:
        for descending in (False, True):
            if _is_proved(samples, key) and all(_sorted(sample.old, key, descending) for sample in samples):
                yield Proposal(
                    Sort(at=node.at, by=key, descending=descending),
                    f"the list is no longer sorted by {key or 'value'}",
                    {"by": key},
                )


def _is_proved(samples: Sequence[Sample], key: str) -> bool:
    """Whether the lists of at least two pairs are long enough to be in order by no chance: of n elements, one order of n!"""
    lists = {
        serialize([item.get(key) if key and isinstance(item, dict) else item for item in sample.old]): len(sample.old)
        for sample in samples
    }
    bits = sum(log2(factorial(min(length, _LONG))) for length in lists.values())
    return bits >= _SURE and len({sample.pair for sample in samples}) >= _PAIRS


def _reordered(old: list[Json], new: list[Json]) -> bool:
    if old and not isinstance(old[0], (dict, list)):
        return old != new and sorted(map(str, old)) == sorted(map(str, new))
    return any(left != right for left, right in pair_elements(old, new)[0])


def _sorted(items: list[Json], key: str, descending: bool) -> bool:
    if key and not all(isinstance(item, dict) and key in item for item in items):
        return False
    keys = [item[key] if key else item for item in items]
    if {json_type(value) for value in keys} not in ({"number"}, {"string"}):
        return False
    return bool(sorted(keys, reverse=descending) == keys)


def name(difference: Difference) -> str | None:
    """An order that no member tells."""
    return f"the elements stand in another order in {difference.often}, and no member tells OLD's"
