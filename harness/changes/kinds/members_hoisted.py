"""Members moved up together: `{id, attributes: {a, b}}` became `{id, a, b}`."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.kind import Kind, Stage, Witness
from harness.changes.node import Node, Proposal
from harness.lens.steps.plunge import Plunge
from harness.model.change import Level

KIND = Kind(
    id="response-members-hoisted",
    number=5,
    title="members moved out of an inner object",
    level=Level.BREAK,
    stage=Stage.SHAPE,
    witness=Witness(old=({"id": 1, "attributes": {"a": 2, "b": "x"}},), new=({"id": 1, "a": 2, "b": "x"},)),
    meaning="Members of an inner object now stand one level higher.",
    undo="They are moved back down.",
    member="key",
)


def propose(node: Node) -> Iterator[Proposal]:
    """Plunge what OLD had inside a member that NEW lacks."""
    inner: dict[str, set[str]] = {}
    for sample in node.of_types(dict, dict):
        for key, item in sample.old.items():
            if isinstance(item, dict) and key not in sample.new and set(item) & (set(sample.new) - set(sample.old)):
                inner.setdefault(key, set()).update(name for name in sample.new if name not in item)
    for key, keep in [(key, keep) for key, keep in inner.items() if keep][:8]:  # nothing to keep: an envelope
        yield Proposal(
            Plunge(at=node.at, into=key, keep=tuple(sorted(keep))),
            f"the members of {key!r} now stand beside it",
            {"key": key},
        )
