"""Cross-validation: whether what is learned from all pairs is learned from each half of them as well."""

from __future__ import annotations

from collections.abc import Sequence

from harness.changes.evidence import Case
from harness.changes.explain import Pair, explain
from harness.changes.noise import Noise
from harness.changes.study import Group
from harness.lens.condition import ALWAYS
from harness.lens.step import BodyStep, Step, write_step
from harness.lens.steps.drop import Drop
from harness.model.json_text import serialize

_LEAST = 4
_MOST = 12
"""So many pairs of a half are learned from."""


class Halves:
    """The steps learned from each half of a group's pairs; nothing is said of fewer than four, which have no halves."""

    def __init__(self, group: Group, noise: Noise) -> None:
        self._known: list[set[bytes]] = []
        if len(group.cases) >= _LEAST and not group.endless:
            noisy = noise.of(group.operation)
            halves = [group.cases[first::2][:_MOST] for first in (0, 1)]
            self._known = [
                {mark for each in explain(_pairs(half), noisy) if each.step is not None for mark in _marks(each.step)}
                for half in halves
            ]

    def evidence(self, step: Step) -> str:
        """What a person should know of the step: "" where there are no halves."""
        if not self._known or not isinstance(step, BodyStep):
            return ""
        often = sum(all(mark in known for mark in _marks(step)) for known in self._known)
        return (
            "not learned from either half alone",
            "learned from one half, not from the other",
            "learned from each half",
        )[often]


def _pairs(cases: Sequence[Case]) -> list[Pair]:
    return [Pair(case.number, case.old_body, case.answer()) for case in cases]


def _marks(step: Step) -> list[bytes]:
    """What tells a step, whatever its condition; a drop for each of its members."""
    plain = step.conditioned(ALWAYS)
    if isinstance(plain, Drop):
        return [serialize([str(plain.at), key]) for key in plain.keys]
    return [serialize(write_step(plain))]
