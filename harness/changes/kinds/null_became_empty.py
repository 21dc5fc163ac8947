"""One way to say "nothing" became another: null, an empty text, an empty list, an empty object, 0."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.table import Table
from harness.model.change import Level
from harness.model.json_text import Json

KIND = Kind(
    id="response-property-empty-value-changed",
    number=12,
    title="null, empty or zero written differently",
    level=Level.BREAK,
    stage=Stage.VALUE,
    witness=Witness(old=({"d": ""}, {"d": "x"}, {"d": ""}), new=({"d": None}, {"d": "x"}, {"d": None})),
    meaning='Where OLD said nothing in one way (null, "", [], {}, 0), NEW says it in another.',
    undo="The old way is put back, where NEW's way is never what OLD had too.",
)


def propose(node: Node) -> Iterator[Proposal]:
    """A table of one row, where every value that differs is the same nothing."""
    different = [(sample.new, sample.old) for sample in node.samples if not same(sample.old, sample.new)]
    if not different:
        return
    new, old = different[0]
    if not (_nothing(new) and _nothing(old)) or not all(
        same(new, there) and same(old, here) for there, here in different
    ):
        return
    if any(same(sample.new, new) for sample in node.samples if same(sample.old, sample.new)):
        return
    yield Proposal(Table(at=node.at, rows=((new, old),)), f"{old!r} became {new!r}", {"old": old, "new": new})


def _nothing(value: Json) -> bool:
    return value is None or (not isinstance(value, bool) and not value)
