"""Several text members were joined into one: `{"first": "Ada", "last": "Stone"}` became `{"name": "Ada Stone"}`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.members import members
from harness.changes.node import Node, Proposal
from harness.lens.steps.divide import Divide
from harness.model.change import Level
from harness.model.json_text import Json

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
    member="old",
)

SEPARATORS = (" ", ", ", ",", "-", "/", ":", "_", "|", ";", ".", "T", "@")
MOST_PARTS = 4
MOST_NAMES = 6
DIFFERENT = 2


def propose(node: Node) -> Iterator[Proposal]:
    """A division of an added text into removed ones that is exact wherever OLD has those."""
    samples = node.of_types(dict, dict)
    found = members(node)
    texts = [key for key in found.removed if all(isinstance(sample.old.get(key, ""), str) for sample in samples)]
    for new in found.added:
        having = [(sample.old, sample.new[new]) for sample in samples if isinstance(sample.new.get(new), str)]
        parts = parts_of(having, texts, SEPARATORS)
        if parts is None:
            continue
        names, by = parts
        texts = [name for name in texts if name not in names]
        facts = {"old": list(names), "new": new, "by": by}
        step = Divide(at=node.at, from_=new, by=by, to=names)
        yield Proposal(step, f"{', '.join(names)} are now joined in {new!r}", facts)


def parts_of(
    having: Sequence[tuple[dict[str, Json], str]], names: Sequence[str], separators: Sequence[str]
) -> tuple[tuple[str, ...], str] | None:
    """Which of an object's members, in which order and with what between them, make up the text beside it, every time."""
    if len({text for _, text in having}) < DIFFERENT:
        return None
    for count in range(2, min(MOST_PARTS, len(names)) + 1):
        for chosen in permutations(names[:MOST_NAMES], count):
            rows = [([each.get(name) for name in chosen], text) for each, text in having]
            for by in separators:
                if all(None not in parts and by.join(map(str, parts)) == text for parts, text in rows):
                    return chosen, by
    return None
