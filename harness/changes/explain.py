"""From paired answers to the steps that explain how they differ, top down: the form of a value, its members' names, what
stands inside, and then what only the whole can explain. Each step is applied at once, so that the next looks at what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace

from harness.changes.agreement import distance, pair_elements, same
from harness.changes.kind import Kind, Stage, kinds, proposers
from harness.changes.node import Node, Proposal, Sample
from harness.changes.search import best_steps
from harness.changes.telling import telling_apart
from harness.changes.unset import edit_of
from harness.lens.answer import ABSENT, Answer
from harness.lens.condition import ALWAYS, Condition
from harness.lens.step import Step
from harness.lens.steps.drop import Drop
from harness.model.change import Support
from harness.model.json_text import Json, serialize
from harness.model.paths import ANY, EACH, Path

_ROUNDS = 4
_DEPTH = 40


@dataclass(frozen=True)
class Pair:
    """One call's two answers. `old` is OLD's body, `answer` NEW's whole answer; `number` tells pairs apart."""

    number: int
    old: Json
    answer: Answer


@dataclass(frozen=True)
class Explained:
    """A change that a step explains. `step` is None where the explanation has rivals: then nothing was applied. `lent`: other
    operations prove it.
    """

    kind: Kind
    at: Path
    proposal: Proposal
    step: Step | None
    support: Support
    old: Json
    new: Json
    lent: bool = False


def explain(
    pairs: Sequence[Pair], noisy: Container[Path] = (), designed: frozenset[Path] = frozenset()
) -> list[Explained]:
    """Every change found in the bodies, in the order in which its step must be applied. Edits the pairs' answers.

    `noisy` are templates of scalars that differ between two runs of one version: their values prove nothing. `designed` are
    places that are no maps, whatever their names look like.
    """
    samples = [
        Sample(pair.number, pair.old, pair.answer.body, pair.answer, _putter(pair.answer))
        for pair in pairs
        if pair.old is not ABSENT and pair.answer.body is not ABSENT
    ]
    if not samples:
        return []
    found: list[Explained] = []
    root = Node((), samples, volatile=noisy, designed=designed)
    _apply_all(root, Stage.NAMING, found)
    _resolve(root, found, noisy, 0)
    _fill(root, found, 0)
    _drop_added(root, found, 0)
    return found


def children(node: Node) -> Iterator[Node]:
    """The places inside, with the samples that have them on both sides: members, elements, or the values of a map."""
    objects = node.of_types(dict, dict)
    if node.is_map:
        inside = [_member(sample, key) for sample in objects for key in sample.old if key in sample.new]
        if inside:
            yield Node((*node.at, ANY), inside, volatile=node.volatile, designed=node.designed)
    elif objects:
        for key in dict.fromkeys(key for sample in objects for key in sample.old):
            inside = [_member(sample, key) for sample in objects if key in sample.old and key in sample.new]
            if inside:
                yield Node((*node.at, key), inside, volatile=node.volatile, designed=node.designed)
    inside = [element for sample in node.of_types(list, list) for element in _elements(sample)]
    if inside:
        yield Node((*node.at, EACH), inside, volatile=node.volatile, designed=node.designed)


def _resolve(node: Node, found: list[Explained], noisy: Container[Path], depth: int) -> None:
    if depth > _DEPTH or all(same(sample.old, sample.new) for sample in node.samples):
        return
    node.noisy = node.at in noisy
    _apply_all(node, Stage.MEMBERS, found)
    for _ in range(_ROUNDS):
        best = best_steps(node)
        if best is None:
            break
        path, condition = best
        for each in path:
            _apply(node, each.kind, each.proposal, condition, found)
    _apply_all(node, Stage.MEMBERS, found)
    for child in children(node):
        _resolve(child, found, noisy, depth + 1)
    _apply_all(node, Stage.MOVE, found)


def _fill(node: Node, found: list[Explained], depth: int) -> None:
    """What OLD had and nothing moved or renamed brings back: from elsewhere in the answer, or by what was always so."""
    if depth > _DEPTH or all(same(sample.old, sample.new) for sample in node.samples):
        return
    _apply_all(node, Stage.LEFTOVER, found)
    for child in children(node):
        _fill(child, found, depth + 1)


def _apply_all(node: Node, stage: Stage, found: list[Explained]) -> None:
    """The proposals of a stage. What stands in a map under which name is data: nothing is renamed there, or filled in."""
    if node.is_map and stage is not Stage.NAMING:
        return
    for kind, propose in proposers(stage):
        for proposal in propose(node):
            if _is_open(node, proposal, found):
                continue
            condition = ALWAYS if stage is Stage.MEMBERS else _sound(node, proposal)
            if condition is not None:
                _apply(node, kind, proposal, condition, found)


def _is_open(node: Node, proposal: Proposal, found: Sequence[Explained]) -> bool:
    """Whether a member has several explanations already, of which nobody may choose."""
    ambiguous = [each for each in found if each.step is None and each.at == node.at]
    open_ = [name for each in ambiguous for name in each.proposal.facts.get("open", ())]
    return any(isinstance(proposal.facts.get(of), str) and proposal.facts[of] in open_ for of in ("key", "old"))


def _sound(node: Node, proposal: Proposal) -> Condition | None:
    """Under which condition the step changes only what it brings nearer to OLD; None where nothing tells the cases apart."""
    edit = edit_of(proposal.step)
    helped: list[Answer] = []
    idle: list[Answer] = []
    for sample in node.samples:
        value = edit(sample.new, sample.answer)
        if value is not sample.new:
            nearer = distance(sample.old, value) < distance(sample.old, sample.new)
            (helped if nearer else idle).append(sample.answer)
    if not helped:
        return None
    return telling_apart(helped, idle) if idle else ALWAYS


def _apply(node: Node, kind: Kind, proposal: Proposal, condition: Condition, found: list[Explained]) -> None:
    edit = edit_of(proposal.step)
    test = condition.test() if condition is not ALWAYS else lambda answer: True
    before: list[tuple[Sample, Json]] = []
    for sample in node.samples:
        if test(sample.answer):
            value = edit(sample.new, sample.answer)
            if value is not sample.new:
                before.append((sample, sample.new))
                if not proposal.rivals:
                    sample.replace(value)
    if not before:
        return
    step = proposal.step if condition is ALWAYS else proposal.step.conditioned(proposal.step.when.and_(condition))
    support = Support(
        pairs=len({sample.pair for sample in node.samples}),
        agreeing=len({sample.pair for sample, _ in before}),
        distinct=len({serialize(sample.old) for sample, _ in before[:1000]}),
    )
    first, value = before[0]
    if proposal.rivals:
        found.append(Explained(kind, node.at, proposal, None, support, first.old, value))
    else:
        found.append(Explained(kind, node.at, replace(proposal, step=step), step, support, first.old, value))


def _drop_added(node: Node, found: list[Explained], depth: int) -> None:
    """Members that no OLD object has; they go last, since steps before may have read them."""
    if depth > _DEPTH:
        return
    objects = node.of_types(dict, dict)
    if not node.is_map:
        known = {key for sample in objects for key in sample.old}
        added = list(dict.fromkeys(key for sample in objects for key in sample.new if key not in known))
        if not known and len(added) > 1:
            message = f"{len(added)} fields in an object that was empty: {', '.join(added)}"
            _apply(
                node,
                kinds()["response-object-filled"],
                Proposal(Drop(at=node.at, keys=tuple(added)), message),
                ALWAYS,
                found,
            )
            return
        for key in added:
            proposal = Proposal(Drop(at=node.at, keys=(key,)), f"{key!r} is new", {"key": key})
            _apply(node, kinds()["response-optional-property-added"], proposal, ALWAYS, found)
    for child in children(node):
        _drop_added(child, found, depth + 1)


def _member(sample: Sample, key: str) -> Sample:
    holder = sample.new

    def put(value: Json) -> None:
        holder[key] = value

    return Sample(sample.pair, sample.old[key], holder[key], sample.answer, put, sample.old)


def _elements(sample: Sample) -> Iterator[Sample]:
    holder = sample.new
    for left, right in pair_elements(sample.old, holder)[0]:

        def put(value: Json, at: int = right) -> None:
            holder[at] = value

        yield Sample(sample.pair, sample.old[left], holder[right], sample.answer, put)


def _putter(answer: Answer) -> Callable[[Json], None]:
    def put(value: Json) -> None:
        answer.body = value

    return put
