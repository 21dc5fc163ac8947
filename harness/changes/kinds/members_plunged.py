"""Members moved down together: `{id, a, b}` became `{id, attributes: {a, b}}`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.hoist import Hoist
from harness.model.change import Level
from harness.model.json_text import Json

KIND = Kind(
    id="response-members-plunged",
    number=5,
    title="members moved into an inner object",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(old=({"id": 1, "a": 2, "b": "x"},), new=({"id": 1, "attributes": {"a": 2, "b": "x"}},)),
    meaning="Members of an object now stand one level deeper.",
    undo="They are moved back up.",
    member="moved",
)


def propose(node: Node) -> Iterator[Proposal]:
    """Hoist each inner object that NEW has and OLD has not."""
    inner: dict[str, dict[str, None]] = {}
    for sample in node.of_types(dict, dict):
        for key, item in sample.new.items():
            if isinstance(item, dict) and key not in sample.old:
                names = (name for name in item if name in sample.old and name not in sample.new)
                inner.setdefault(key, {}).update(dict.fromkeys(names))
    for key, moved in list(inner.items())[:8]:
        facts: dict[str, Json] = {"into": key, "moved": list(moved)}
        yield Proposal(Hoist(at=node.at, key=key), f"members now stand inside {key!r}", facts, cost=1.3)
