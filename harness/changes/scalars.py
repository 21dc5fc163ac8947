"""The places where bodies have other scalars of the same type: what noise and chance can explain, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.changes.agreement import same
from harness.changes.explain import Pair, children
from harness.changes.node import Node, Sample
from harness.lens.answer import ABSENT
from harness.lens.condition import json_type
from harness.model.json_text import Json
from harness.model.paths import Path

_DEPTH = 40
_CONTAINERS = ("array", "object")


@dataclass(frozen=True)
class Moved:
    """A template, the samples whose values differ there, and the numbers of all pairs that have the place."""

    at: Path
    samples: tuple[Sample, ...]
    pairs: frozenset[int]


def moved(pairs: Sequence[Pair]) -> Iterator[Moved]:
    """The templates where OLD's and NEW's scalars differ, as deep as the rest of the study looks."""
    samples = [
        Sample(pair.number, pair.old, pair.answer.body, pair.answer, _nowhere)
        for pair in pairs
        if pair.old is not ABSENT and pair.answer.body is not ABSENT
    ]
    return _below(Node((), samples)) if samples else iter(())


def _below(node: Node) -> Iterator[Moved]:
    differing = [sample for sample in node.samples if not same(sample.old, sample.new)]
    scalars = tuple(each for each in differing if json_type(each.old) == json_type(each.new) not in _CONTAINERS)
    if scalars:
        yield Moved(node.at, scalars, frozenset(sample.pair for sample in node.samples))
    if differing and len(node.at) < _DEPTH:
        for child in children(node):
            yield from _below(child)


def _nowhere(value: Json) -> None:
    """Samples are looked at, never edited."""
