"""A map became a list whose elements carry their key: `{"a": {…}}` became `[{"name": "a", …}]`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.key_by import KeyBy
from harness.model.change import Level

KIND = Kind(
    id="response-map-became-list",
    number=10,
    title="object keyed by a field became a list",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(
        old=({"a": {"n": 1}, "b": {"n": 2}}, {"c": {"n": 5}}),
        new=([{"name": "a", "n": 1}, {"name": "b", "n": 2}], [{"name": "c", "n": 5}]),
    ),
    meaning="What was looked up by key must now be searched in a list.",
    undo="The list is keyed by that member again.",
)


def propose(node: Node) -> Iterator[Proposal]:
    """Key by each member whose values are OLD's keys."""
    samples = [
        sample
        for sample in node.of_types(dict, list)
        if sample.new and all(isinstance(item, dict) for item in sample.new)
    ]
    if not samples:
        return
    for key in list(samples[0].new[0])[:12]:
        fits = [
            sample
            for sample in samples
            if {item.get(key) for item in sample.new if isinstance(item.get(key), str)} >= set(sample.old)
        ]
        if not fits or len(fits) < len(samples):
            continue
        message = f"an object keyed by {key!r} became a list"
        yield Proposal(KeyBy(at=node.at, key=key), message, {"key": key})
        yield Proposal(KeyBy(at=node.at, key=key, drop=True), message, {"key": key})
        for inner in [name for name in samples[0].new[0] if name != key][:4]:
            yield Proposal(KeyBy(at=node.at, key=key, value=inner), message, {"key": key, "value": inner}, cost=1.2)
