"""A value of a small set has another name: `"open"` became `"OPENED"`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds._enums import is_made
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


_MOST = 12
_AGAIN = 2


def propose(node: Node) -> Iterator[Proposal]:
    """A table, where each NEW value always stands for one OLD value, and the values come again and again."""
    table: dict[bytes, tuple[Json, Json]] = {}
    seen: Counter[bytes] = Counter()
    for sample in node.samples:
        if not isinstance(sample.new, (str, bool)) or not isinstance(sample.old, (str, bool)):
            if same(sample.old, sample.new):
                continue
            return
        if is_made(sample.old) or is_made(sample.new):
            return  # moments, hashes and ids come again where their things do: they are no names
        key = serialize(sample.new)
        known = table.setdefault(key, (sample.new, sample.old))
        if not same(known[1], sample.old):
            return
        seen[key] += 1
    rows = tuple(row for row in table.values() if not same(*row))
    again = sum(count > 1 for count in seen.values())
    if not rows or len(rows) > _MOST or 2 * again < len(table) or seen.total() < 2 * len(table):
        return
    if any(serialize(old) in table for _, old in rows):
        return  # a name that both versions use was not renamed: other elements stand here, or the same in another order
    if len(rows) == 1 and seen[serialize(rows[0][0])] < _AGAIN:
        return
    message = f"{len(rows)} value{'s are' if len(rows) > 1 else ' is'} written differently"
    yield Proposal(Table(at=node.at, rows=rows), message, {"rows": [list(row) for row in rows]}, cost=1 + len(rows) / 4)
