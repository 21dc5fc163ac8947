"""NEW adds elements of its own to every list: a tag that it sets, a link that it knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence

from harness.changes.agreement import distance, identity_key, pair_elements, same
from harness.changes.kind import Kind, Stage, Witness
from harness.changes.kinds._enums import is_made
from harness.changes.node import Node, Proposal, Sample
from harness.lens.steps.without import Without
from harness.model.change import Level
from harness.model.json_text import Json, serialize

KIND = Kind(
    id="response-list-elements-added",
    number=24,
    title="list with elements of the new version's own",
    level=Level.RISK,
    stage=Stage.MEMBERS,
    witness=Witness(
        old=([{"key": "a", "value": 1}], [{"key": "b", "value": 2}]),
        new=(
            [{"key": "sys.name", "value": 8}, {"key": "a", "value": 1}],
            [{"key": "sys.name", "value": 9}, {"key": "b", "value": 2}],
        ),
    ),
    meaning="A plugin that goes by an element's position, or counts them, meets others.",
    undo="They are left out, by the member that tells them.",
)

_LISTS = 2
_MOST = 6
_ALWAYS = 0.8
"""The share of NEW's lists in which an element must be: one that is in some of them only is data, as is one that is alone."""


def propose(node: Node) -> Iterator[Proposal]:
    """One step without them, by the member whose fewest values tell them all."""
    samples = [sample for sample in node.of_types(list, list) if sample.new]
    if all(same(sample.old, sample.new) for sample in samples):
        return
    rows = [(sample, _added(sample)) for sample in samples]
    first = samples[0].new[0]
    candidates = [(key, own) for key in (first if isinstance(first, dict) else [""]) if (own := _own(rows, key))]
    if candidates:
        key, own = min(candidates, key=lambda row: len(row[1]))
        step = Without(at=node.at, key=key, values=tuple(own))
        yield Proposal(step, f"the list has {', '.join(map(repr, own))} as well", {"key": key, "values": [*own]})


def _added(sample: Sample) -> set[int]:
    """Where in NEW's list the elements stand that OLD's has not; any may be one of them where nothing tells who is who."""
    if identity_key(sample.old, sample.new) is None:
        return set(range(len(sample.new)))
    return set(pair_elements(sample.old, sample.new)[2])


def _own(rows: Sequence[tuple[Sample, set[int]]], key: str) -> list[str]:
    """The texts of a member by which NEW's own elements are told; none where they do not tell them from all others."""
    often: Counter[str] = Counter()
    theirs: set[str] = set()
    for sample, added in rows:
        texts = [_text(item, key) for item in sample.new]
        often.update({texts[at] for at in added})
        theirs.update(text for at, text in enumerate(texts) if at not in added)
        theirs.update(_text(item, key) for item in sample.old)
    own = [
        text
        for text, lists in often.items()
        if text and text not in theirs and lists >= _ALWAYS * len(rows) and not is_made(text)
    ]
    if not 0 < len(own) <= _MOST:
        return []
    beside = {serialize(kept) for sample, _ in rows if len(kept := _kept(sample, key, own)) not in (0, len(sample.new))}
    return own if len(beside) >= _LISTS and all(_fits(sample, key, own) for sample, _ in rows) else []


def _fits(sample: Sample, key: str, own: Container[str]) -> bool:
    """Whether the list without them is no longer than OLD's and, where it had any, nearer to it."""
    kept = _kept(sample, key, own)
    nearer = len(kept) == len(sample.new) or distance(sample.old, kept) < distance(sample.old, sample.new)
    return nearer and len(kept) <= len(sample.old)


def _kept(sample: Sample, key: str, own: Container[str]) -> list[Json]:
    return [item for item in sample.new if _text(item, key) not in own]


def _text(item: Json, key: str) -> str:
    """What tells an element, "" where it is no text: such a text tells nothing."""
    told = item.get(key) if key and isinstance(item, dict) else item
    return told if isinstance(told, str) else ""
