"""One place in the answers of an operation, with what stood there in every pair: what a change kind looks at."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from harness.lens.answer import Answer
from harness.lens.step import BodyStep
from harness.model.json_text import Json
from harness.model.paths import Path, format_path

_DESIGNED = 1000
_DATA = re.compile(r"\d+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|[0-9a-f]{24,}")


def is_data(name: str) -> bool:
    """Whether a member's name is a number, a UUID or a hash: no designer chose it."""
    return _DATA.fullmatch(name) is not None


@dataclass
class Sample:
    """OLD's and NEW's value at a place, in one pair. `answer` is NEW's whole answer, edited by the steps so far.

    `put` writes another NEW value to the place. `beside` is OLD's object of which the value is a member, None where it is none.
    """

    pair: int
    old: Json
    new: Json
    answer: Answer
    put: Callable[[Json], None]
    beside: Mapping[str, Json] | None = None

    def replace(self, value: Json) -> None:
        """NEW has `value` here from now on."""
        if value is not self.new:
            self.put(value)
            self.new = value


@dataclass
class Node:
    """A place (`at`, a template) and its samples: at least one. `noisy`: its value differs between two runs of one version.

    `volatile` are all places of which that is so.
    `designed` are places whose members' names were chosen by designers, however many they are.
    """

    at: Path
    samples: list[Sample]
    noisy: bool = False
    volatile: Container[Path] = ()
    designed: frozenset[Path] = frozenset()

    @cached_property
    def where(self) -> str:
        """The place as JSONPath."""
        return format_path(self.at)

    @cached_property
    def is_map(self) -> bool:
        """Whether the objects' names are data: ids all of them, more than a designer writes, or many with few in each object."""
        objects = [] if self.at in self.designed else self.of_types(dict, dict)
        keys = {key for sample in objects for key in sample.old}
        if not keys:
            return False
        if all(map(is_data, keys)):
            return True
        if len(keys) > _DESIGNED:
            return True
        average = sum(len(sample.old) for sample in objects) / len(objects)
        inside = {type(value) for sample in objects[:50] for value in sample.old.values()}
        return len(objects) >= 3 and len(keys) > 8 and len(keys) > 2.5 * average and len(inside) == 1

    def of_types(self, old: type, new: type) -> list[Sample]:
        """The samples whose values have these Python types (dict, list, str …)."""
        return [sample for sample in self.samples if type(sample.old) is old and type(sample.new) is new]


@dataclass(frozen=True)
class Rival:
    """Another explanation that fits as well: in words, and as the step that it stands for."""

    said: str
    step: BodyStep


@dataclass(frozen=True)
class Proposal:
    """A step that may undo a change here. `facts` are what the kind saw, for the message. `cost` is its description length.

    `least` is the agreement that must be reached where the values alone tell which is which.
    `rivals` are other explanations that fit as well: with any, the step is not applied unless somebody settles it.
    """

    step: BodyStep
    message: str
    facts: Mapping[str, Json] = field(default_factory=dict)
    cost: float = 1.0
    rivals: tuple[Rival, ...] = ()
    least: float = 0.0


Propose = Callable[[Node], Iterator[Proposal]]
