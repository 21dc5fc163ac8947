"""A list became a map: `[{"name": "a", …}]` became `{"a": {…}}`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.entries import Entries
from harness.model.change import Level

KIND = Kind(
    id="response-list-became-map",
    number=10,
    title="list became an object keyed by a field",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(
        old=([{"name": "a", "n": 1}, {"name": "b", "n": 2}], [{"name": "c", "n": 5}]),
        new=({"a": {"n": 1}, "b": {"n": 2}}, {"c": {"n": 5}}),
    ),
    meaning="What was a list is now an object whose names are one of the elements' fields.",
    undo="The members become a list again, each with its key.",
)


def propose(node: Node) -> Iterator[Proposal]:
    """A list of the members, with the key under each name that OLD's elements have."""
    samples = node.of_types(list, dict)
    if not samples:
        return
    yield Proposal(Entries(at=node.at), "a list became an object", cost=1.1)
    elements = [item for sample in samples for item in sample.old if isinstance(item, dict)]
    keys = {key for sample in samples for key in sample.new}
    names = [
        name
        for name in (elements[0] if elements else {})
        if any(item.get(name) in keys for item in elements if isinstance(item.get(name), str))
    ]
    for name in names[:6]:
        message = f"a list became an object keyed by {name!r}"
        yield Proposal(Entries(at=node.at, key=name, add=True), message, {"key": name})
        for inner in [other for other in elements[0] if other != name][:4]:
            yield Proposal(Entries(at=node.at, key=name, value=inner), message, {"key": name, "value": inner}, cost=1.2)
