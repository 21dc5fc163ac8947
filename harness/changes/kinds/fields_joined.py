"""Several text members were joined into one: `{"first": "Ada", "last": "Stone"}` became `{"name": "Ada Stone"}`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.members import members
from harness.changes.node import Node, Proposal
from harness.lens.steps.divide import Divide
from harness.model.change import Level

KIND = Kind(
    id="response-properties-joined",
    number=21,
    title="fields joined into one",
    level=Level.BREAK,
    stage=Stage.MOVE,
    witness=Witness(
        old=({"first": "Ada", "last": "Stone"}, {"first": "Bo", "last": "Hill"}),
        new=({"name": "Ada Stone"}, {"name": "Bo Hill"}),
    ),
    meaning="Texts that stood in fields of their own now stand in one.",
    undo="The text is divided again, where it has just as many parts.",
)

SEPARATORS = (" ", ", ", ",", "-", "/", ":", "_", "|", ";", ".", "T", "@")
MOST_PARTS = 4
DIFFERENT = 2


def propose(node: Node) -> Iterator[Proposal]:
    """A division of an added text into removed ones that is exact wherever the text has just as many parts."""
    samples = node.of_types(dict, dict)
    found = members(node)
    texts = [key for key in found.removed if all(isinstance(sample.old.get(key, ""), str) for sample in samples)][:6]
    for new in found.added:
        having = [sample for sample in samples if isinstance(sample.new.get(new), str)]
        if len({sample.new[new] for sample in having}) < DIFFERENT:
            continue
        for count in range(2, min(MOST_PARTS, len(texts)) + 1):
            for names in permutations(texts, count):
                rows = [([each.old.get(name) for name in names], each.new[new]) for each in having]
                for by in SEPARATORS:
                    if all(None not in parts and by.join(parts) == text for parts, text in rows):
                        step = Divide(at=node.at, from_=new, by=by, to=names)
                        facts = {"old": list(names), "new": new, "by": by}
                        yield Proposal(step, f"{', '.join(names)} are now joined in {new!r}", facts)
                        return
