"""Which steps bring NEW nearest to OLD at one place: a small beam search over what the change kinds propose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from harness.changes.agreement import agreement, same
from harness.changes.kind import Kind, Stage, proposers
from harness.changes.node import Node, Proposal, Sample
from harness.changes.telling import telling_apart
from harness.lens.condition import ALWAYS, Condition
from harness.model.json_text import Json

SAMPLES = 24
DEPTH = 3
WIDTH = 4
_STEP_COST = 0.015
_GAIN = 0.03
_HARM = 0.05
_CONDITION_PAIRS = 2
"""One helped answer can be told from any others by chance."""


@dataclass(frozen=True)
class Found:
    """A proposal of a kind, in the order in which the steps are applied."""

    kind: Kind
    proposal: Proposal


@dataclass(frozen=True)
class _State:
    values: tuple[Json, ...]
    path: tuple[Found, ...]
    score: float


def best_steps(node: Node) -> tuple[list[Found], Condition] | None:
    """The steps to take at a node, and the condition under which they are sound; None where none helps."""
    if node.is_map and all(isinstance(sample.new, dict) for sample in node.samples):
        return None  # names that are data say nothing about the form
    samples = _telling_samples(node)
    before = [agreement(sample.old, sample.new) for sample in samples]
    start = _State(tuple(sample.new for sample in samples), (), sum(before))
    for state in _ranked(node, samples, start):
        if state.score <= start.score + _GAIN * max(1.0, len(samples) ** 0.5 / 2):
            return None
        condition = _sound(node, state.path)
        if condition is not None:
            return list(state.path), condition
    return None


def _telling_samples(node: Node) -> list[Sample]:
    """A bounded choice: every kind of pair of types is there, samples that differ first."""
    if len(node.samples) <= SAMPLES:
        return node.samples
    groups: dict[tuple[object, ...], list[Sample]] = {}
    for sample in node.samples:
        width = len(sample.old) if isinstance(sample.old, list) and len(sample.old) < 2 else -1
        query = tuple(sorted(sample.answer.call.query)) if not node.at or len(node.samples) < 400 else ()
        groups.setdefault((type(sample.old), type(sample.new), width, query), []).append(sample)
    chosen: list[Sample] = []
    turn = 0
    while len(chosen) < SAMPLES:
        row = [group[turn] for group in groups.values() if turn < len(group)]
        if not row:
            break
        chosen += row
        turn += 1
    return chosen[: 2 * SAMPLES]


def _ranked(node: Node, samples: Sequence[Sample], start: _State) -> list[_State]:
    reached: list[_State] = []
    beam = [start]
    for _ in range(DEPTH):
        wave: list[_State] = []
        for state in beam:
            wave += _expanded(node, samples, state)
        if not wave:
            break
        wave.sort(key=lambda state: -state.score)
        beam = wave[:WIDTH]
        reached += wave[: 3 * WIDTH]
    reached.sort(key=lambda state: -state.score)
    return reached


def _expanded(node: Node, samples: Sequence[Sample], state: _State) -> Iterator[_State]:
    rows = zip(samples, state.values, strict=True)
    now = Node(
        node.at,
        [replace(sample, new=value) for sample, value in rows],
        node.noisy,
    )
    for stage in (Stage.SHAPE, Stage.VALUE):
        for kind, propose in proposers(stage):
            if node.noisy and stage is Stage.VALUE and not kind.on_noise:
                continue
            for proposal in propose(now):
                edit = proposal.step.edit()
                values = tuple(edit(sample.new, sample.answer) for sample in now.samples)
                if all(after is sample.new for after, sample in zip(values, now.samples, strict=True)):
                    continue
                score = sum(
                    _not_worse(sample.old, sample.new, after) for sample, after in zip(samples, values, strict=True)
                )
                if score < proposal.least * len(values):
                    continue
                cost = sum(found.proposal.cost for found in state.path) + proposal.cost
                yield _State(values, (*state.path, Found(kind, proposal)), score - _STEP_COST * cost)


def _not_worse(old: Json, before: Json, after: Json) -> float:
    """The agreement after the steps; where they harm, before them: a condition may keep them away from there."""
    if after is before:
        return agreement(old, before)
    return max(agreement(old, before) - 0.01, agreement(old, after))


def _sound(node: Node, path: Sequence[Found]) -> Condition | None:
    """ALWAYS where the steps harm no sample, a condition where one keeps them from harm, else None."""
    helped, harmed = [], []
    for sample in _all_but_many(node.samples):
        value, touched = sample.new, False
        for found in path:
            edited = found.proposal.step.edit()(value, sample.answer)
            value, touched = edited, touched or edited is not value
        if not touched:
            continue
        gain = agreement(sample.old, value) - agreement(sample.old, sample.new)
        if gain < -_HARM or same(sample.old, sample.new):  # what is right is not taken apart and put together again
            harmed.append(sample.answer)
        elif gain > 0:
            helped.append(sample.answer)
    if not helped:
        return None
    if not harmed:
        return ALWAYS
    return telling_apart(helped, harmed) if len({id(answer) for answer in helped}) >= _CONDITION_PAIRS else None


def _all_but_many(samples: Sequence[Sample]) -> Sequence[Sample]:
    most = 20 * SAMPLES
    return samples if len(samples) <= most else samples[:: len(samples) // most + 1]
