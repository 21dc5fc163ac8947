"""A member is gone that had one value in every OLD answer seen."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.members import members
from harness.changes.node import Node, Proposal, Sample
from harness.lens.steps.default import Default
from harness.model.change import Level
from harness.model.json_text import serialize

KIND = Kind(
    id="response-constant-property-removed",
    number=19,
    title="field removed that always had one value",
    level=Level.BREAK,
    stage=Stage.LEFTOVER,
    witness=Witness(
        old=tuple({"n": n, "units": {}} for n in range(20, 25)), new=tuple({"n": n} for n in range(20, 25))
    ),
    meaning="A field that said the same in every old answer is gone.",
    undo="The value is put back: an assumption that no answer seen contradicts.",
    rank=2,
    member="key",
)

LEAST = 5
TELLING = 10
"""So many things must agree on a value that says something: false, 256 and "open" are right of many things by chance."""


def propose(node: Node) -> Iterator[Proposal]:
    """A default, where the member had one value in OLD's objects of enough different things."""
    samples = node.of_types(dict, dict)
    for key in members(node).removed:
        having = [sample for sample in samples if key in sample.old]
        value = having[0].old[key]
        least = LEAST if value in (None, "", [], {}) else TELLING
        if (*node.at, key) in node.volatile or not all(same(value, sample.old[key]) for sample in having[1:]):
            continue
        if len({_thing(node, sample) for sample in having}) >= least:
            message = f"{key!r} is gone; it was the same in all {len(having)} answers seen: an assumption"
            yield Proposal(Default(at=node.at, key=key, value=value), message, {"key": key, "value": value})


def _thing(node: Node, sample: Sample) -> bytes:
    """What the object is about: NEW's members less those that differ between two runs; measurements tell nothing apart."""
    told = {name: item for name, item in sample.new.items() if (*node.at, name) not in node.volatile}
    return serialize(told)
