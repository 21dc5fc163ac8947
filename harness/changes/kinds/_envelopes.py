"""Opening an envelope: which member of NEW's object could be what OLD had bare."""

from __future__ import annotations

from collections.abc import Iterator

from harness.changes.node import Node, Proposal
from harness.lens.steps.unwrap import Unwrap

_MOST = 8


def opened(node: Node, message: str) -> Iterator[Proposal]:
    """Open each member that NEW has and that could be what OLD had, the most frequent first. `message` takes its name."""
    candidates: dict[str, int] = {}
    for sample in node.samples:
        if isinstance(sample.new, dict):
            for key, item in sample.new.items():
                if _fits(item, sample.old) and not (isinstance(sample.old, dict) and key in sample.old):
                    candidates[key] = candidates.get(key, 0) + 1
    for key in sorted(candidates, key=lambda key: -candidates[key])[:_MOST]:
        yield Proposal(Unwrap(at=node.at, key=key), message.format(repr(key)), {"key": key})


def holds(node: Node) -> type:
    """What OLD has here: dict where it has any object, else list where it has any list, else object: scalars."""
    kinds = {type(sample.old) for sample in node.samples}
    return next((kind for kind in (dict, list) if kind in kinds), object)


def _fits(new: object, old: object) -> bool:
    return type(new) is type(old) or (isinstance(new, (dict, list)) and isinstance(old, (dict, list)))
