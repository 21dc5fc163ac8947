"""The order of sorting is told by a sign before the name, or by a member of its own: `sort=-x` or `sort=x&order=desc`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from harness.changes.agreement import same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.members import members
from harness.changes.node import Node, Proposal, Sample
from harness.lens.steps.order_to_sign import OrderToSign
from harness.lens.steps.sign_to_order import SignToOrder
from harness.model.change import Level
from harness.model.json_text import Json

KIND = Kind(
    id="sort-order-changed",
    number=36,
    title="order of sorting told otherwise",
    level=Level.BREAK,
    stage=Stage.MEMBERS,
    witness=Witness(
        old=({"sort": "-x", "n": 1}, {"sort": "y", "n": 2}),
        new=({"sort": "x", "order": "desc", "n": 1}, {"sort": "y", "order": "asc", "n": 2}),
    ),
    meaning="Whether a list is sorted upwards or downwards stands elsewhere: in a sign, or in a member of its own.",
    undo="The one is written as the other.",
    rank=-1,
    member="key",
)

_OPPOSITES = (("desc", "asc"), ("descending", "ascending"), ("down", "up"), ("-1", "1"), ("d", "a"))
_TELLING = 2
_MOST = 8
"""Members that are tried: more than say how to sort."""


def propose(node: Node) -> Iterator[Proposal]:
    """The step, where it makes a member of OLD's out of two of NEW's, or two out of one, wherever they are there."""
    found = members(node)
    samples = node.of_types(dict, dict)
    for order in found.added[:_MOST]:
        for key in (*found.shared, *found.added)[:_MOST]:
            wanted = [key] if key in found.shared else list(found.removed[:_MOST])
            for down, up in _words([sample.new.get(order) for sample in samples]):
                if key == order:
                    continue
                step = OrderToSign(at=node.at, key=key, order=order, down=down, up=up)
                if any(_makes(samples, step, {key: name}) for name in wanted):
                    yield Proposal(step, f"the order of {key!r} stands in a sign now", {"key": order, "new": key})
                    return
    for order in found.removed[:_MOST]:
        for key in found.shared[:_MOST]:
            for down, up in _words([sample.old.get(order) for sample in samples]):
                back = SignToOrder(at=node.at, key=key, order=order, down=down, up=up)
                if _makes(samples, back, {key: key, order: order}):
                    yield Proposal(back, f"the order of {key!r} stands in {order!r} now", {"key": order, "new": key})
                    return


def _words(values: Sequence[Json]) -> list[tuple[str, str]]:
    """What may say down, and up: the two words that were seen, or the one and its opposite."""
    seen = list(dict.fromkeys(word for value in values if isinstance(value, str) for word in value.split(",")))
    if len(seen) == 1:
        seen += [other for pair in _OPPOSITES for other in _other(seen[0], pair)][:1]
    return [(seen[0], seen[1]), (seen[1], seen[0])] if len(seen) == 2 else []


def _other(word: str, pair: tuple[str, str]) -> list[str]:
    """Its opposite, in capitals where it is."""
    found = [pair[1 - at] for at, each in enumerate(pair) if each == word.lower()]
    return [each.upper() if word.isupper() else each for each in found]


def _makes(samples: Sequence[Sample], step: OrderToSign | SignToOrder, names: Mapping[str, str]) -> bool:
    """Whether it makes OLD's members in every sample that it changes, and a sign is among them."""
    edit = step.edit()
    made = set()
    for sample in samples:
        value = edit(sample.new, sample.answer)
        if value is sample.new:
            continue
        if not all(name in sample.old and same(value.get(mine), sample.old[name]) for mine, name in names.items()):
            return False
        signed = value if isinstance(step, OrderToSign) else sample.new
        made.add(str(signed[step.key]))
    return len(made) >= _TELLING and any(text.startswith("-") for text in made)
