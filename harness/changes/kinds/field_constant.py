"""A member is gone that had one value in every OLD answer seen."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.members import members
from harness.changes.node import Node, Proposal
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


def propose(node: Node) -> Iterator[Proposal]:
    """A default, where the member had one value in enough OLD objects, in answers that differ otherwise."""
    samples = node.of_types(dict, dict)
    for key in members(node).removed:
        having = [sample for sample in samples if key in sample.old]
        values = [sample.old[key] for sample in having]
        varied = len({serialize(sample.new) for sample in having}) >= LEAST
        if varied and all(same(values[0], value) for value in values[1:]):
            message = f"{key!r} is gone; it was the same in all {len(values)} answers"
            yield Proposal(Default(at=node.at, key=key, value=values[0]), message, {"key": key, "value": values[0]})
