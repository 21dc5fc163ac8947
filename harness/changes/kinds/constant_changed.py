"""What was one value in every OLD answer is another one in every NEW answer: `true` became `{}`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds._enums import is_made
from harness.changes.node import Node, Proposal
from harness.lens.steps.table import Table
from harness.model.change import Level
from harness.model.json_text import Json

KIND = Kind(
    id="response-constant-changed",
    number=19,
    title="constant changed",
    level=Level.RISK,
    stage=Stage.VALUE,
    witness=Witness(old=(True, True, True), new=({}, {}, {})),
    meaning="A value that was the same in every old answer is another one, the same in every new answer.",
    undo="The old value is put back for that new value.",
)

LEAST = 3


def propose(node: Node) -> Iterator[Proposal]:
    """A table of one row, in enough answers."""
    first = node.samples[0]
    if same(first.old, first.new) or not _plain(first.old) or not _plain(first.new):
        return
    if is_made(first.old) or is_made(first.new):
        return  # a moment or an id of each version's run
    if len({sample.pair for sample in node.samples}) < LEAST:
        return
    if all(same(sample.old, first.old) and same(sample.new, first.new) for sample in node.samples):
        message = f"the value was always {first.old!r} and is always {first.new!r}"
        facts = {"old": first.old, "new": first.new}
        yield Proposal(Table(at=node.at, rows=((first.new, first.old),)), message, facts, cost=1.5)


def _plain(value: Json) -> bool:
    return not isinstance(value, (dict, list)) or not value
