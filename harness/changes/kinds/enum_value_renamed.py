"""A value of a small set has another name: `"open"` became `"OPENED"`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds._enums import is_made
from harness.changes.node import Node, Proposal, Sample
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
_OFTEN = 3
_ERROR = 400


@dataclass
class _Row:
    """What OLD said where NEW says one thing: in how many places of each pair, in which calls, of which things."""

    new: Json
    old: Json
    places: Counter[int] = field(default_factory=Counter)
    calls: set[str] = field(default_factory=set)
    things: set[bytes] = field(default_factory=set)
    torn: bool = False

    @property
    def again(self) -> bool:
        """Whether it is said of several things, or by several errors: what is said of one thing is its name, or its content."""
        return max(len(self.things), *self.places.values()) >= _AGAIN

    @property
    def changed(self) -> bool:
        return not self.torn and not same(self.old, self.new)


def propose(node: Node) -> Iterator[Proposal]:
    """A table, where the values come again and again; else of the texts that several calls answered with."""
    table, whole = _table(node)
    used = {sample.new for sample in node.samples if isinstance(sample.new, str)}
    rows = [row for row in table.values() if row.changed and row.old not in used]
    if not whole or not _is_enumeration(table, rows):
        rows = [row for row in rows if row.again and (len(row.calls) >= _AGAIN or row.places.total() >= _OFTEN)]
    if not rows or len(rows) > _MOST:
        return
    message = f"{len(rows)} value{'s are' if len(rows) > 1 else ' is'} written differently"
    step = Table(at=node.at, rows=tuple((row.new, row.old) for row in rows))
    yield Proposal(step, message, {"rows": [[row.new, row.old] for row in rows]}, cost=1 + len(rows) / 4)


def _table(node: Node) -> tuple[dict[bytes, _Row], bool]:
    """The rows by NEW's value, and whether names are all that changes here: no number, no object, nothing that each run makes."""
    table: dict[bytes, _Row] = {}
    whole = True
    for sample in node.samples:
        if not _is_name(sample.old) or not _is_name(sample.new):
            whole = whole and same(sample.old, sample.new) and not isinstance(sample.old, str)
            continue
        row = table.setdefault(serialize(sample.new), _Row(sample.new, sample.old))
        row.places[sample.pair] += 1
        row.calls.add(_call(sample))
        row.things.add(_thing(node, sample))
        row.torn = row.torn or not same(row.old, sample.old)
    return table, whole


def _call(sample: Sample) -> str:
    call = sample.answer.call
    return f"{call.method} {call.path} {sorted(call.query.items())}"


def _thing(node: Node, sample: Sample) -> bytes:
    """What the value is said of: all other scalars of OLD's in the same object; of an error, and where there is none, the pair.

    What stands further in comes and goes with the call.
    """
    if sample.beside is None or sample.answer.status >= _ERROR:
        return str(sample.pair).encode()
    beside = {name: value for name, value in sample.beside.items() if not isinstance(value, (dict, list))}
    return serialize({name: value for name, value in beside.items() if name != node.at[-1]})


def _is_name(value: Json) -> bool:
    """Moments, hashes and ids come again where their things do: they are no names."""
    return isinstance(value, bool) or (isinstance(value, str) and not is_made(value))


def _is_enumeration(table: Mapping[bytes, _Row], rows: Sequence[_Row]) -> bool:
    """Whether these are a small set of names, each of which always stands for one of OLD's, and none for another's."""
    again = sum(row.places.total() > 1 for row in table.values())
    places = sum(row.places.total() for row in table.values())
    if 2 * again < len(table) or places < 2 * len(table) or any(row.torn for row in table.values()):
        return False
    told = len(rows) == sum(row.changed for row in table.values()) and all(row.again for row in rows)
    return told and (len(rows) != 1 or rows[0].places.total() >= _AGAIN)
