"""The same places in all runs of a call: OLD's two and NEW's two side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from harness.changes.agreement import identity_key, pair_elements
from harness.model.json_text import Json
from harness.model.paths import ANY, EACH, Path

Row = tuple[Json, ...]
"""A value for each run."""


def rows(at: Path, runs: Row) -> Iterator[Row]:
    """The scalars at the places that the template `at` stands for: those that every run has, whatever the runs' order."""
    if not at:
        if not any(isinstance(value, (dict, list)) for value in runs):
            yield runs
    else:
        for inside in _inside(at[0], runs):
            yield from rows(at[1:], inside)


def _inside(step: object, runs: Row) -> Iterator[Row]:
    if step is EACH:
        if all(isinstance(run, list) for run in runs):
            yield from _elements(runs)
    elif all(isinstance(run, dict) for run in runs):
        for key in runs[0] if step is ANY else (step,):
            if all(key in run for run in runs):
                yield tuple(run[key] for run in runs)


def _elements(runs: Row) -> Iterator[Row]:
    """By identity where all runs agree on what tells elements apart, else by order."""
    key, *others = {identity_key(one, other) for one, other in combinations(runs, 2)}
    if key is None or others:
        yield from zip(*runs, strict=False)
        return
    partners = [dict(pair_elements(runs[0], run)[0]) for run in runs]
    for at in partners[0]:
        if all(at in its for its in partners):
            yield tuple(run[its[at]] for run, its in zip(runs, partners, strict=True))
