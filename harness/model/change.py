"""One classified difference between OLD and NEW, named once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from harness.model.json_text import Json, serialize


class Level(StrEnum):
    """`break` stops the plugin, `risk` cannot be decided from the evidence, `info` harms nothing."""

    BREAK = "break"
    RISK = "risk"
    INFO = "info"


class Undone(StrEnum):
    """What the shim does about a change."""

    NOT_NEEDED = "not needed"
    UNDONE = "undone"
    PARTLY = "partly undone"
    LOST = "lost"


@dataclass(frozen=True)
class Support:
    """How much evidence: `agreeing` of `pairs` that have the place, with `distinct` different values."""

    pairs: int
    agreeing: int
    distinct: int

    def __str__(self) -> str:
        values = f"{self.distinct} distinct value{'' if self.distinct == 1 else 's'}"
        return f"{self.agreeing} of {self.pairs} pair{'' if self.pairs == 1 else 's'}, {values}"


@dataclass(frozen=True, order=True)
class Place:
    """Where a change is: `path` is a JSONPath, or `status`, `header x`, `cookie x`, `query x`; `operation` as it is called."""

    operation: str
    path: str

    def __str__(self) -> str:
        return f"{self.operation}  {self.path}"


@dataclass(frozen=True)
class Change:
    """`path` is a JSONPath in OLD's answer (in NEW's for what was added); `places` are all of a finding that was folded.

    `old` and `new` are sample values (None where absent: see `facts`). `reason` says why the level is what it is, and
    `question` what would decide it, where the evidence does not. `fingerprint` is the same from run to run, whatever the
    traffic, the samples and the wording: what accepts a change holds on to it.
    """

    kind: str
    title: str
    level: Level
    operation: str
    path: str
    message: str
    reason: str
    support: Support
    old: Json = None
    new: Json = None
    places: tuple[Place, ...] = ()
    undone: Undone = Undone.NOT_NEEDED
    how: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    question: str = ""
    fingerprint: str = ""


def fingerprint(kind: str, operation: str, path: str, told: Json = None) -> str:
    """16 hex digits for a change: of what it is and where, and of `told`, what else tells it from its like (a new name)."""
    return hashlib.sha256(serialize([kind, operation, path, told])).hexdigest()[:16]
