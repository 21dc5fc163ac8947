"""What no step explains: reported raw, a finding a place, so that nothing disappears."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from harness.changes.agreement import in_order, pair_elements, same
from harness.changes.explain import Pair, children
from harness.changes.node import Node, Sample
from harness.lens.answer import ABSENT
from harness.lens.condition import json_type
from harness.model.change import Support
from harness.model.json_text import Json, serialize
from harness.model.paths import EACH, Path

_DEPTH = 40


@dataclass(frozen=True)
class Residue:
    """A difference that stayed. `kind` is the id of the kind that names it; `old` and `new` are samples (None if absent)."""

    kind: str
    at: Path
    message: str
    support: Support
    old: Json
    new: Json


def residue(pairs: Sequence[Pair], noisy: Container[Path] = ()) -> list[Residue]:
    """What differs between OLD's bodies and NEW's as the steps left them; `noisy` places are compared by type alone."""
    samples = [
        Sample(pair.number, pair.old, pair.answer.body, pair.answer, _nowhere)
        for pair in pairs
        if pair.old is not ABSENT and pair.answer.body is not ABSENT
    ]
    return list(_walk(Node((), samples), noisy, 0)) if samples else []


def _walk(node: Node, noisy: Container[Path], depth: int) -> Iterator[Residue]:
    differing = [sample for sample in node.samples if not same(sample.old, sample.new)]
    if not differing:
        return
    if depth > _DEPTH:
        yield _residue("response-value-changed", node.at, f"what stands {_DEPTH} levels deep differs", node, differing)
        return
    yield from _values(node, noisy)
    if node.at not in noisy:
        yield from _members(node)
    yield from _elements(node, ordered=node.at not in noisy)
    for child in children(node):
        yield from _walk(child, noisy, depth + 1)


def _values(node: Node, noisy: Container[Path]) -> Iterator[Residue]:
    scalars = [sample for sample in node.samples if not _both(sample, dict) and not _both(sample, list)]
    form = [sample for sample in scalars if json_type(sample.old) != json_type(sample.new)]
    value = [
        sample
        for sample in scalars
        if json_type(sample.old) == json_type(sample.new) and not same(sample.old, sample.new)
    ]
    if form:
        first = form[0]
        message = f"{json_type(first.old)} became {json_type(first.new)}"
        yield _residue("response-form-changed", node.at, message, node, form)
    if value and node.at not in noisy:
        yield _residue("response-value-changed", node.at, f"the value differs in {_count(value)}", node, value)


def _members(node: Node) -> Iterator[Residue]:
    objects = node.of_types(dict, dict)
    for key in dict.fromkeys(key for sample in objects for key in sample.old):
        gone = [sample for sample in objects if key in sample.old and key not in sample.new]
        if gone:
            having = sum(key in sample.old for sample in objects)
            often = "" if len(gone) == having else f" in {len(gone)} of {having} places"
            samples = [Sample(each.pair, each.old[key], None, each.answer, _nowhere) for each in gone]
            yield _residue("response-property-removed", (*node.at, key), f"{key!r} is gone{often}", node, samples)
    known = {key for sample in objects for key in sample.old}
    for key in dict.fromkeys(key for sample in objects for key in sample.new):
        came = [sample for sample in objects if key in sample.new and key not in sample.old]
        if came and (key in known or node.is_map):
            samples = [Sample(each.pair, None, each.new[key], each.answer, _nowhere) for each in came]
            message = f"{key!r} is there in {len(came)} places where OLD left it out"
            yield _residue("response-optional-property-added", (*node.at, key), message, node, samples)


def _elements(node: Node, *, ordered: bool) -> Iterator[Residue]:
    lists = node.of_types(list, list)
    moved = [sample for sample in lists if not in_order(pair_elements(sample.old, sample.new)[0])]
    if moved and ordered:
        message = f"the elements stand in another order in {_count(moved)}, and no member tells OLD's"
        yield _residue("response-list-reordered", node.at, message, node, moved)
    differing = []
    for sample in lists:
        _, gone, came = pair_elements(sample.old, sample.new)
        if gone or came:
            differing.append(sample)
    if differing:
        first = differing[0]
        message = f"{len(first.old)} elements became {len(first.new)}, or others, in {_count(differing)}"
        yield _residue("response-list-elements-changed", (*node.at, EACH), message, node, differing)


def _residue(kind: str, at: Path, message: str, node: Node, samples: Sequence[Sample]) -> Residue:
    support = Support(
        pairs=len({sample.pair for sample in node.samples}),
        agreeing=len({sample.pair for sample in samples}),
        distinct=len({serialize(sample.old) for sample in samples[:200]}),
    )
    return Residue(kind, at, message, support, samples[0].old, samples[0].new)


def _both(sample: Sample, kind: type) -> bool:
    return isinstance(sample.old, kind) and isinstance(sample.new, kind)


def _count(samples: Sequence[Sample]) -> str:
    pairs = len({sample.pair for sample in samples})
    return f"{pairs} answer{'s' if pairs != 1 else ''}"


def _nowhere(value: Json) -> None:
    """Residue is looked at, never edited."""
