"""A value of a small set has another name: `"open"` became `"OPENED"`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.table import Table
from harness.model.change import Level
from harness.model.json_text import Json, serialize

KIND = Kind(
    id="response-property-enum-value-renamed",
    number=18,
    title="values of an enumeration renamed",
    level=Level.BREAK,
    stage=Stage.VALUE,
    witness=Witness(old=("open", "closed", "open", "closed"), new=("opened", "shut", "opened", "shut")),
    meaning="A plugin that compares the value with a known one takes another branch.",
    undo="Each value gets its old name, where no two were merged.",
)


def propose(node: Node) -> Iterator[Proposal]:
    """A table, where each NEW value always stands for one OLD value and the set is small against the evidence."""
    table: dict[bytes, tuple[Json, Json]] = {}
    seen: dict[bytes, int] = {}
    for sample in node.samples:
        if (isinstance(sample.new, (list, dict)) and sample.new) or (
            isinstance(sample.old, (list, dict)) and sample.old
        ):
            return
        key = serialize(sample.new)
        known = table.setdefault(key, (sample.new, sample.old))
        if not same(known[1], sample.old):
            return
        seen[key] = seen.get(key, 0) + 1
    rows = tuple((new, old) for new, old in table.values() if not same(new, old))
    if not rows or len(rows) > 12 or any(seen[serialize(new)] < _least(new, old) for new, old in rows):
        return
    if not all(isinstance(value, (str, bool)) for row in rows for value in row):
        return
    yield Proposal(
        Table(at=node.at, rows=tuple((_frozen(new), _frozen(old)) for new, old in rows)),
        f"{len(rows)} values are written differently",
        {"rows": [list(row) for row in rows]},
        cost=1 + len(rows) / 4,
    )


def _least(new: Json, old: Json) -> int:
    """How often a row must be seen: once is chance for texts, enough for null against empty."""
    return 2 if new and old else 1


def _frozen(value: Json) -> Json:
    return value
