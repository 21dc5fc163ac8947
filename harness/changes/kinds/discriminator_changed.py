"""The member that tells the variants of an object apart has other values: `"type": "card"` became `"type": "credit_card"`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds.enum_value_renamed import propose as renamed
from harness.changes.node import Node, Proposal
from harness.model.change import Level
from harness.model.json_text import Json

_OLD: Mapping[str, Sequence[Json]] = {
    "card": [{"type": "card", "number": f"411{n}"} for n in range(3)],
    "sepa": [{"type": "sepa", "iban": f"DE0{n}"} for n in range(3)],
}
_NAMES = {"card": "credit_card", "sepa": "debit"}

KIND = Kind(
    id="response-discriminator-changed",
    number=23,
    title="values of a discriminator changed",
    level=Level.BREAK,
    stage=Stage.VALUE,
    witness=Witness(
        old=tuple(each for kind in _OLD for each in _OLD[kind]),
        new=tuple(each | {"type": _NAMES[kind]} for kind in _OLD for each in _OLD[kind]),
    ),
    meaning="The value by which a plugin tells what kind of object it has is another one: it takes no branch, or the wrong one.",
    undo="Each value gets its old name, where no two were merged.",
)

_CHEAPER = 0.9
_AGAIN = 2


def propose(node: Node) -> Iterator[Proposal]:
    """The table of an enumeration, where its values decide which other members an object has."""
    if _discriminates(node):
        for each in renamed(node):
            yield replace(each, cost=each.cost * _CHEAPER, message=f"{each.message}, and tell the variants apart")


def _discriminates(node: Node) -> bool:
    names: dict[str, list[frozenset[str]]] = {}
    for sample in node.samples:
        if isinstance(sample.old, str) and sample.beside is not None:
            names.setdefault(sample.old, []).append(frozenset(sample.beside))
    constant = all(len(each) >= _AGAIN and len(set(each)) == 1 for each in names.values())
    return constant and len({each[0] for each in names.values()}) > 1
