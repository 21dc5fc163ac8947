"""A member is gone, and its value still stands elsewhere: in another member, a header, the call, or the names of the rows."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.members import members
from harness.changes.node import Node, Proposal, Rival
from harness.changes.sources import sources
from harness.lens.steps.copy import Copy
from harness.model.change import Level

KIND = Kind(
    id="response-property-derivable",
    number=22,
    title="field removed, its value stands elsewhere",
    level=Level.BREAK,
    stage=Stage.LEFTOVER,
    witness=Witness(
        old=({"rate": {"limit": 60}, "core": {"limit": 60}}, {"rate": {"limit": 5000}, "core": {"limit": 5000}}),
        new=({"core": {"limit": 60}}, {"core": {"limit": 5000}}),
    ),
    meaning="A field that OLD had is gone, but what it said can be read from another place.",
    undo="It is filled from there.",
    member="key",
)

_ENOUGH = 1.9
_SETTLED = 3


def propose(node: Node) -> Iterator[Proposal]:
    """For each removed member the source whose values agree wherever it has any."""
    samples = node.of_types(dict, dict)
    for key in members(node).removed:
        having = sum(key in sample.old for sample in samples)
        found = [source for source in sources(samples, key) if source.covered * 2 >= having]
        named = [source for source in found if source.likeness >= 0.8 and source.information >= 0.9]
        sure = [source for source in found if source.information >= _ENOUGH]
        if not named and not sure:
            continue
        best = (named or sure)[0]
        rivals = tuple(
            Rival(source.text, Copy(at=node.at, from_=source.text, to=key, using=source.using))
            for source in sure
            if source.covered == best.covered and source is not best and _root(source.text) != _root(best.text)
        )
        settled = bool(named) or best.information >= _SETTLED
        step = Copy(at=node.at, from_=best.text, to=key, using=best.using)
        facts = {
            "key": key,
            "from": best.text,
            "covered": best.covered,
            "having": having,
            "rivals": [rival.said for rival in rivals],
        }
        yield Proposal(
            step, f"{key!r} is gone; its value stands at {best.text}", facts, rivals=() if settled else rivals
        )


def _root(text: str) -> str:
    """Sources that name one place in different ways are no rivals."""
    return text.replace("received(", "").replace(")", "").lstrip("@$.")
