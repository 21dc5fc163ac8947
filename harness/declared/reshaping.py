"""The words for what moved between two declared schemas, with the ids of harness/changes/kinds."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.model.json_text import Json
from harness.model.paths import Path

RENAMED = "response-property-renamed"
RECASED = "response-naming-convention-changed"
MOVED = "response-property-moved"
HOISTED, PLUNGED = "response-members-hoisted", "response-members-plunged"
OBJECT_WRAPPED, LIST_WRAPPED = "response-object-wrapped", "response-list-wrapped"
UNWRAPPED = "response-envelope-removed"
TO_LIST, FROM_LIST = "response-value-became-list", "response-list-became-value"

FITS = 0.8
CLOSE = 0.1
NAMED = 0.75
TELLS = 1.0
INSIDE = 3


@dataclass(frozen=True)
class Transition:
    """What stood at `old` now stands at `new`. `gone` and `come` are the places that were lost and won with it.

    `inner` are pairs of places that are one and the same now, and whose own differences are still to be told.
    """

    kind: str
    old: Path
    new: Path
    message: str
    facts: dict[str, Json]
    gone: tuple[Path, ...]
    come: tuple[Path, ...]
    inner: tuple[tuple[Path, Path], ...]


@dataclass
class Structure:
    """All that was found in one answer; `rivals` are explanations of a place in OLD that nothing decides between."""

    transitions: list[Transition] = field(default_factory=list)
    rivals: dict[Path, list[str]] = field(default_factory=dict)
