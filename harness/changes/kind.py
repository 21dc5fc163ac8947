"""What a kind of change is, and the registry that discovers the files in `kinds/`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from harness.changes.difference import Difference, Differs, Name
from harness.changes.node import Propose
from harness.model.change import Level
from harness.model.json_text import Json

if TYPE_CHECKING:
    from harness.changes.answers import Detect


class Stage(Enum):
    """When a kind looks: at all names, at a place's members, at its form and its scalars, and then at what is left over.

    SHAPE and VALUE proposals compete: the step that brings NEW nearest to OLD wins. The kinds of the other stages say only
    what they are sure of, best first: NAMING once, at the root; MOVE when all inside is explained, LEFTOVER when nothing
    can move any more. RAW kinds propose nothing: they name the raw differences of the sorts that they see. ANSWER kinds look
    at whole answers and calls: status, cookies, a body that is not JSON, where the call went.
    """

    NAMING = "naming"
    SHAPE = "shape"
    MEMBERS = "members"
    VALUE = "value"
    MOVE = "move"
    LEFTOVER = "leftover"
    RAW = "raw"
    ANSWER = "answer"


@dataclass(frozen=True)
class Witness:
    """The smallest OLD and NEW answer that shows the kind; several bodies where one pair cannot show it."""

    old: tuple[Json, ...]
    new: tuple[Json, ...]


@dataclass(frozen=True)
class Kind:
    """`number` is the row in the catalogue of kinds; `level` is what it means to a plugin that reads the place.

    `meaning` says what happened, `advice` what to do, `undo` what a shim can do about it, each in a sentence.
    Within a stage, kinds of a lower `rank` speak first: what is read from the answer goes before what is assumed.
    Only kinds `on_noise` speak of a scalar that differs between two runs of one version: its values prove nothing.
    `sees` are the sorts of raw difference that a RAW kind names. `member` is the fact that names OLD's member where the kind
    is about one. `local`: the same at another place is another change; else it is the same change, seen again. A kind that
    `takes` speaks for what is lost inside as well.
    """

    id: str
    number: int
    title: str
    level: Level
    stage: Stage
    witness: Witness
    meaning: str
    undo: str
    advice: str = "Run the plugin behind the shim, and tell its vendor."
    rank: int = 0
    on_noise: bool = False
    sees: frozenset[Differs] = frozenset()
    member: str = ""
    local: bool = False
    takes: bool = False

    @property
    def undoable(self) -> bool:
        """Whether a shim can undo it in some cases at least."""
        return not self.undo.startswith(("None", "Nothing"))


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its id, in the catalogue's order."""
    found = [module.KIND for module in _modules()]
    return {kind.id: kind for kind in sorted(found, key=lambda kind: (kind.number, kind.id))}


@cache
def proposers(stage: Stage) -> tuple[tuple[Kind, Propose], ...]:
    """The kinds of a stage that propose steps, each with its `propose`."""
    found = [module for module in _modules() if module.KIND.stage is stage and hasattr(module, "propose")]
    return tuple((module.KIND, module.propose) for module in sorted(found, key=lambda module: int(module.KIND.rank)))


@cache
def namers(differs: Differs) -> tuple[tuple[Kind, Name], ...]:
    """The kinds that name a sort of raw difference, the most exact first; the last one names any."""
    found = [module for module in _modules() if differs in module.KIND.sees]
    return tuple((module.KIND, module.name) for module in sorted(found, key=lambda module: int(module.KIND.rank)))


@cache
def detectors() -> tuple[tuple[Kind, Detect], ...]:
    """The kinds that look at whole answers, in the order in which they claim them."""
    found = [module for module in _modules() if hasattr(module, "detect")]
    return tuple((module.KIND, module.detect) for module in sorted(found, key=lambda module: int(module.KIND.rank)))


def named(difference: Difference) -> tuple[Kind, str]:
    """The most exact kind of a raw difference, and its message."""
    for kind, name in namers(difference.differs):
        message = name(difference)
        if message is not None:
            return kind, message
    raise AssertionError(f"no kind names every difference of sort {difference.differs}")


@cache
def _modules() -> tuple[ModuleType, ...]:
    package = importlib.import_module("harness.changes.kinds")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__) if not module.name.startswith("_"))
    return tuple(importlib.import_module(f"{package.__name__}.{name}") for name in names)
