"""A member is left out in cases in which OLD sent a fixed value for it: null, an empty text or list, a default."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.members import members
from harness.changes.node import Node, Proposal
from harness.lens.steps.default import Default
from harness.model.change import Level

KIND = Kind(
    id="response-default-left-out",
    number=12,
    title="field left out where it was null, empty or a default",
    level=Level.BREAK,
    stage=Stage.LEFTOVER,
    witness=Witness(
        old=({"a": 1, "note": None}, {"a": 2, "note": "x"}, {"a": 3, "note": None}),
        new=({"a": 1}, {"a": 2, "note": "x"}, {"a": 3}),
    ),
    meaning="A field that OLD always sent is missing in some of NEW's answers.",
    undo="It gets the value that OLD sent in that case.",
    rank=1,
    member="key",
)

_LEAST = 5
"""Places that a value other than null, empty or zero must be left out of: fewer are chance."""


def propose(node: Node) -> Iterator[Proposal]:
    """A default where it is missing."""
    samples = node.of_types(dict, dict)
    for key in members(node).shared:
        if (*node.at, key) in node.volatile:
            continue  # a measurement: no value that it had once is its default
        gone = [sample.old[key] for sample in samples if key in sample.old and key not in sample.new]
        if gone and all(same(gone[0], value) for value in gone) and len(gone) >= (_LEAST if gone[0] else 1):
            yield Proposal(
                Default(at=node.at, key=key, value=gone[0]),
                f"{key!r} is left out where it was {gone[0]!r}",
                {"key": key, "value": gone[0]},
            )
