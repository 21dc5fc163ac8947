"""A text member was split into several: `{"name": "Ada Stone"}` became `{"first": "Ada", "last": "Stone"}`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds.fields_joined import SEPARATORS, parts_of
from harness.changes.members import members
from harness.changes.node import Node, Proposal
from harness.lens.steps.combine import Combine
from harness.model.change import Level

KIND = Kind(
    id="response-property-split",
    number=21,
    title="field split into several",
    level=Level.BREAK,
    stage=Stage.MOVE,
    witness=Witness(
        old=({"name": "Ada Stone"}, {"name": "Bo Hill"}),
        new=({"first": "Ada", "last": "Stone"}, {"first": "Bo", "last": "Hill"}),
    ),
    meaning="A text that stood in one field now stands in several, part by part.",
    undo="The parts are put together again.",
    member="key",
)


def propose(node: Node) -> Iterator[Proposal]:
    """A combination of added texts that is a removed one, everywhere."""
    samples = node.of_types(dict, dict)
    found = members(node)
    texts = [key for key in found.added if all(isinstance(sample.new.get(key, ""), str) for sample in samples)]
    for old in found.removed:
        having = [(sample.new, sample.old[old]) for sample in samples if isinstance(sample.old.get(old), str)]
        parts = parts_of(having, texts, (*SEPARATORS, ""))
        if parts is None:
            continue
        names, by = parts
        texts = [name for name in texts if name not in names]
        facts = {"key": old, "new": list(names), "by": by}
        step = Combine(at=node.at, from_=names, by=by, to=old)
        yield Proposal(step, f"{old!r} is now split into {', '.join(names)}", facts)
