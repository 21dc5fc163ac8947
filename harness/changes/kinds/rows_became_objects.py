"""A row that was a list of values is now an object: `[1, "a"]` became `{"id": 1, "name": "a"}`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.values import Values
from harness.model.change import Level

KIND = Kind(
    id="response-rows-became-objects",
    number=9,
    title="rows of lists became objects",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(old=([1, "a"], [2, "b"]), new=({"id": 1, "name": "a"}, {"id": 2, "name": "b"})),
    meaning="Values that stood in a list, by position, now stand in an object, by name.",
    undo="The values are put back into a list, in the order that OLD had.",
)


_LEAST = 0.4
"""Positions say nothing by themselves: this much of the values must agree."""


def propose(node: Node) -> Iterator[Proposal]:
    """The object's values in its own order, and in the fixed order that the values themselves show."""
    samples = node.of_types(list, dict)
    if not samples:
        return
    yield Proposal(Values(at=node.at), "a list of values became an object", cost=0.5, least=_LEAST)
    order = _order([(sample.old, sample.new) for sample in samples])
    if order:
        yield Proposal(
            Values(at=node.at, keys=order),
            f"a list of values became an object with {len(order)} members",
            {"keys": list(order)},
            least=_LEAST,
        )


def _order(samples: list[tuple[list[object], dict[str, object]]]) -> tuple[str, ...]:
    """The member whose value stands at each position in every sample; members stay in the running in NEW's order."""
    width = len(samples[0][0])
    if not width or any(len(old) != width for old, _ in samples):
        return ()
    names = [name for name in samples[0][1] if all(name in new for _, new in samples)]
    order: list[str] = []
    for position in range(width):
        fits = [
            name for name in names if name not in order and all(same(old[position], new[name]) for old, new in samples)
        ]
        if not fits:
            fits = [name for name in names if name not in order and _near(samples, position, name)]
        if not fits:
            return ()
        order.append(fits[0])
    return tuple(order)


def _near(samples: list[tuple[list[object], dict[str, object]]], position: int, name: str) -> bool:
    return all(type(old[position]) is type(new[name]) for old, new in samples)
