"""What no step explains: reported raw, a finding a place, so that nothing disappears."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from harness.changes.agreement import in_order, pair_elements, same
from harness.changes.difference import Difference, Differs
from harness.changes.explain import Pair, children
from harness.changes.kind import named
from harness.changes.node import Node, Sample
from harness.lens.answer import ABSENT
from harness.lens.condition import json_type
from harness.model.change import Support
from harness.model.json_text import Json, serialize
from harness.model.paths import ANY, EACH, Path

_DEPTH = 40


@dataclass(frozen=True)
class Residue:
    """A difference that stayed. `kind` is the id of the kind that names it; `old` and `new` are samples (None if absent).

    `told` tells it from others of its kind at members of the same name; `reason` says why it counts, where that is not plain.
    """

    kind: str
    at: Path
    message: str
    support: Support
    old: Json
    new: Json
    told: str = ""
    reason: str = ""


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
        yield _residue(node.at, node, Differs.VALUE, differing, f"what stands {_DEPTH} levels deep differs")
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
    of_one_type = [sample for sample in scalars if json_type(sample.old) == json_type(sample.new)]
    value = [sample for sample in of_one_type if not same(sample.old, sample.new)]
    if form:
        yield _residue(node.at, node, Differs.FORM, form)
    if value and node.at not in noisy:
        yield _residue(node.at, node, Differs.VALUE, value)


def _members(node: Node) -> Iterator[Residue]:
    objects = node.of_types(dict, dict)
    if node.is_map:
        yield from _entries(node, objects)
        return
    for key in dict.fromkeys(key for sample in objects for key in sample.old):
        gone = [_member(each, key) for each in objects if key in each.old and key not in each.new]
        if gone:
            yield _residue((*node.at, key), node, Differs.GONE, gone, name=key)
    known = {key for sample in objects for key in sample.old}
    for key in dict.fromkeys(key for sample in objects for key in sample.new):
        came = [_member(each, key) for each in objects if key in each.new and key not in each.old]
        if came and key in known:
            yield _residue((*node.at, key), node, Differs.CAME, came, name=key)


def _entries(node: Node, objects: Sequence[Sample]) -> Iterator[Residue]:
    """What stands in a map under names that are data is one change, however many names there are."""
    gone = [sample for sample in objects if sample.old.keys() - sample.new.keys()]
    came = [sample for sample in objects if sample.new.keys() - sample.old.keys() and sample not in gone]
    for differing in (gone, came):
        if differing:
            yield _residue((*node.at, ANY), node, Differs.ENTRIES, differing)


def _elements(node: Node, *, ordered: bool) -> Iterator[Residue]:
    lists = node.of_types(list, list)
    moved = [sample for sample in lists if not in_order(pair_elements(sample.old, sample.new)[0])]
    if moved and ordered:
        yield _residue(node.at, node, Differs.ORDER, moved)
    differing = []
    for sample in lists:
        _, gone, came = pair_elements(sample.old, sample.new)
        if gone or came:
            differing.append(sample)
    if differing:
        yield _residue((*node.at, EACH), node, Differs.ELEMENTS, differing)


def _residue(
    at: Path, node: Node, differs: Differs, samples: Sequence[Sample], message: str = "", *, name: str = ""
) -> Residue:
    """The difference under the name of the most exact kind; `message` where the place was not looked into."""
    pairs = len({sample.pair for sample in samples})
    differing = {id(sample) for sample in samples}
    others = [] if name else [(each.old, each.new) for each in node.samples if id(each) not in differing]
    if name:
        others = [(each.old[name], each.new[name]) for each in node.of_types(dict, dict) if _has(each, name)]
    difference = Difference(differs, [(each.old, each.new) for each in samples], others, name, pairs)
    kind, said = named(difference)
    support = Support(
        pairs=len({sample.pair for sample in node.samples}),
        agreeing=pairs,
        distinct=len({serialize(sample.old) for sample in samples[:200] if sample.old is not ABSENT}) or 1,
    )
    old, new = (None if value is ABSENT else value for value in difference.pairs[0])
    told = said if differs is Differs.FORM else ""
    return Residue(kind.id, at, message or said, support, old, new, told)


def _member(sample: Sample, key: str) -> Sample:
    old, new = sample.old.get(key, ABSENT), sample.new.get(key, ABSENT)
    return Sample(sample.pair, old, new, sample.answer, _nowhere)


def _has(sample: Sample, key: str) -> bool:
    return key in sample.old and key in sample.new


def _both(sample: Sample, kind: type) -> bool:
    return isinstance(sample.old, kind) and isinstance(sample.new, kind)


def _nowhere(value: Json) -> None:
    """Residue is looked at, never edited."""
