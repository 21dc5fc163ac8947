"""Which steps bring NEW nearest to OLD at one place: a small beam search over what the change kinds propose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from harness.changes.agreement import agreement, same
from harness.changes.kind import Kind, Stage, proposers
from harness.changes.node import Node, Proposal, Sample
from harness.changes.telling import telling_apart
from harness.lens.answer import Answer
from harness.lens.condition import ALWAYS, Condition
from harness.model.json_text import Json
from harness.model.paths import ANY, EACH, Wild, format_path

SAMPLES = 24
SCALARS = 200
DEPTH = 3
WIDTH = 4
_STEP_COST = 0.015
_GAIN = 0.03
_HARM = 0.05
_FORMS = 3
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
    for state in _ranked(node, samples, before, start):
        if state.score <= start.score + _GAIN * max(1.0, len(samples) ** 0.5 / 2):
            return None
        condition = _sound(node, state.path)
        if condition is not None:
            return list(state.path), condition
    return None


def _telling_samples(node: Node) -> list[Sample]:
    """A bounded choice: every kind of pair of types is there, and as many pairs of answers as can be."""
    plain = not any(isinstance(value, (dict, list)) for sample in node.samples for value in (sample.old, sample.new))
    most = SCALARS if plain else SAMPLES
    if len(node.samples) <= most:
        return node.samples
    groups: dict[tuple[object, ...], list[Sample]] = {}
    for sample in node.samples:
        width = len(sample.old) if isinstance(sample.old, list) and len(sample.old) < 2 else -1
        query = tuple(sorted(sample.answer.call.query)) if not node.at or len(node.samples) < 400 else ()
        groups.setdefault((type(sample.old), type(sample.new), width, query), []).append(sample)
    groups = {kind: _pair_by_pair(group) for kind, group in groups.items()}
    chosen: list[Sample] = []
    turn = 0
    while len(chosen) < most:
        row = [group[turn] for group in groups.values() if turn < len(group)]
        if not row:
            break
        chosen += row
        turn += 1
    return chosen[: 2 * most]


def _pair_by_pair(samples: Sequence[Sample]) -> list[Sample]:
    """The first sample of each pair, then the second of each, and so on."""
    seen: Counter[int] = Counter()
    turns: list[tuple[int, Sample]] = []
    for sample in samples:
        turns.append((seen[sample.pair], sample))
        seen[sample.pair] += 1
    return [sample for _, sample in sorted(turns, key=lambda row: row[0])]


def _ranked(node: Node, samples: Sequence[Sample], before: Sequence[float], start: _State) -> list[_State]:
    reached: list[_State] = []
    beam = [start]
    for _ in range(DEPTH):
        wave: list[_State] = []
        for state in beam:
            wave += _expanded(node, samples, before, state)
        if not wave:
            break
        wave.sort(key=lambda state: -state.score)
        beam = wave[:WIDTH]
        reached += wave[: 3 * WIDTH]
    reached.sort(key=lambda state: -state.score)
    return reached


def _expanded(node: Node, samples: Sequence[Sample], before: Sequence[float], state: _State) -> Iterator[_State]:
    rows = zip(samples, state.values, strict=True)
    now = Node(
        node.at,
        [replace(sample, new=value) for sample, value in rows],
        node.noisy,
        node.volatile,
        node.designed,
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
                score = sum(map(_not_worse, samples, before, values))
                if score < proposal.least * len(values):
                    continue
                cost = sum(found.proposal.cost for found in state.path) + proposal.cost
                yield _State(values, (*state.path, Found(kind, proposal)), score - _STEP_COST * cost)


def _not_worse(sample: Sample, before: float, after: Json) -> float:
    """The agreement after the steps; where they harm, before them: a condition may keep them away from there."""
    return before if after is sample.new else max(before - 0.01, agreement(sample.old, after))


def _sound(node: Node, path: Sequence[Found]) -> Condition | None:
    """ALWAYS where the steps harm no sample, a condition where one keeps them from harm, else None."""
    helped, harmed, evident = [], [], False
    for sample in _all_but_many(node.samples):
        value, touched = sample.new, False
        for found in path:
            edited = found.proposal.step.edit()(value, sample.answer)
            value, touched = edited, touched or edited is not value
        if not touched:
            continue
        gain = agreement(sample.old, value) - agreement(sample.old, sample.new)
        # what is right is not taken apart and put together again
        if gain < -_HARM or same(sample.old, sample.new):
            harmed.append(sample.answer)
        elif gain > 0:
            helped.append(sample.answer)
            evident = evident or not _says_nothing(sample.old) or _is_only_list(sample.old, sample.new)
    if not helped or not (evident or all(found.kind.stage is Stage.VALUE for found in path)):
        return None
    if not harmed:
        return ALWAYS
    told = telling_apart(helped, harmed) if len({id(answer) for answer in helped}) >= _CONDITION_PAIRS else None
    return told.and_(_form(node, helped, harmed)) if told is not None and told.query else told


def _form(node: Node, helped: Sequence[Answer], harmed: Sequence[Answer]) -> Condition:
    """What the values that are edited have in common: scalars alone stand in them, or in members that hold more elsewhere.

    Where parameters switch an answer's form, one that was never asked with may switch it too: the form itself tells then.
    """
    edited, others = _values_in(node, helped), _values_in(node, harmed)
    inside: set[Wild] = {ANY if isinstance(value, dict) else EACH for value in edited}
    if len(inside) == 1 and not any(map(_held, edited)):
        return Condition(body=((format_path((*node.at, inside.pop())), "scalar"),))
    telling = {name for value in others for name in _held(value)} - {name for value in edited for name in _held(value)}
    known = sorted(telling & {name for value in edited if isinstance(value, dict) for name in value})
    return Condition(body=tuple((format_path((*node.at, name)), "scalar") for name in known[:_FORMS]))


def _values_in(node: Node, answers: Sequence[Answer]) -> list[Json]:
    """NEW's lists and objects at a place, in some of the answers."""
    known = set(map(id, answers))
    values = [sample.new for sample in node.samples if id(sample.answer) in known]
    return [value for value in values if isinstance(value, (dict, list))]


def _held(value: Json) -> set[str]:
    """The members that hold lists or objects; of a list, "" where its elements are such."""
    if isinstance(value, dict):
        return {name for name, item in value.items() if isinstance(item, (dict, list))}
    return {""} if any(isinstance(item, (dict, list)) for item in value) else set()


def _says_nothing(value: Json) -> bool:
    """Whether a value is empty: anything that is empty too looks like it, and so it proves no other form."""
    return value is None or value in ("", [], {})


def _is_only_list(old: Json, new: Json) -> bool:
    """Whether OLD's empty list can be one member of NEW's object alone."""
    return old == [] and isinstance(new, dict) and sum(isinstance(item, list) for item in new.values()) == 1


def _all_but_many(samples: Sequence[Sample]) -> Sequence[Sample]:
    most = 20 * SAMPLES
    return samples if len(samples) <= most else samples[:: len(samples) // most + 1]
