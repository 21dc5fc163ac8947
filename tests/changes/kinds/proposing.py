"""Rows of what a kind proposes, and what they are held against."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from harness.changes.node import Node, Proposal
from harness.model.json_text import Json
from tests.changes.bodies import node

Propose = Callable[[Node], Iterator[Proposal]]
Said = tuple[Propose, list[Json], list[Json], list[Proposal]]
"""A kind, OLD's and NEW's values at `AT`, and all that it proposes."""
Steps = tuple[Propose, str, list[Json], list[Json], list[str]]
"""A kind, what the case is, OLD's and NEW's values, and the steps in words, each with its rivals."""
Many = tuple[Propose, list[Json], list[Json], int]
"""A kind, OLD's and NEW's values, and how many proposals come of them."""

AT = ("x",)


def name_of(value: object) -> str | None:
    """A kind's file, for the names of tests."""
    return value.__module__.rpartition(".")[2] if callable(value) else None


def described(propose: Propose, olds: list[Json], news: list[Json]) -> list[str]:
    """The steps in words, each with its rivals."""
    return [
        " or ".join((each.step.describe(), *(rival.said for rival in each.rivals)))
        for each in propose(node(olds, news))
    ]
