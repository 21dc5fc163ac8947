"""An answer as its leaves, so that two answers are compared place by place: the measure of what a shim restores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from harness.changes.agreement import pair_elements, same
from harness.changes.node import is_data
from harness.changes.noise import Places
from harness.lens.answer import ABSENT
from harness.model.json_text import Json
from harness.model.paths import ANY, EACH, Path

Pointer = tuple[str | int, ...]

_QUIET = Places()


@dataclass(frozen=True)
class Compared:
    """Leaves of OLD's answer that the other has as well (`equal`), has with another value (`wrong`), or lacks (`missing`)."""

    equal: frozenset[Pointer]
    wrong: frozenset[Pointer]
    missing: frozenset[Pointer]
    extra: frozenset[Pointer]

    @property
    def leaves(self) -> int:
        """How many OLD has."""
        return len(self.equal) + len(self.wrong) + len(self.missing)


def compare(old: Json, other: Json, noisy: Places = _QUIET) -> Compared:
    """Place by place. A body that is no JSON is ABSENT and has no leaves.

    Lists whose order is noise (`noisy` holds them) are put into OLD's order first.
    """
    other = aligned(old, other, noisy)
    ours, theirs = dict(leaves(old)), dict(leaves(other))
    equal = frozenset(at for at, value in ours.items() if at in theirs and same(value, theirs[at]))
    wrong = frozenset(at for at in ours if at in theirs and at not in equal)
    return Compared(equal, wrong, frozenset(ours.keys() - theirs.keys()), frozenset(theirs.keys() - ours.keys()))


def leaves(value: Json, at: Pointer = ()) -> Iterator[tuple[Pointer, Json]]:
    """Every scalar and every empty container with its place, in document order. ABSENT, an element that is not there, is none."""
    stack: list[tuple[Pointer, Json]] = [(at, value)]
    while stack:
        place, item = stack.pop()
        if isinstance(item, dict) and item:
            stack.extend(((*place, key), inner) for key, inner in reversed(item.items()))
        elif isinstance(item, list) and item:
            stack.extend(((*place, position), item[position]) for position in range(len(item) - 1, -1, -1))
        elif item is not ABSENT:
            yield place, item


@lru_cache(maxsize=2**16)
def template(at: Pointer) -> Path:
    """The place that a pointer is one of: every element of a list is one, and so are members whose names are data."""
    return tuple(EACH if isinstance(step, int) else ANY if is_data(step) else step for step in at)


def aligned(old: Json, other: Json, noisy: Places) -> Json:
    """`other`, with the lists whose order is noise in OLD's order: ABSENT stands for an element that only OLD has."""
    return _aligned(old, other, noisy, ()) if noisy.paths else other


def _aligned(old: Json, other: Json, noisy: Places, at: Pointer) -> Json:
    if isinstance(old, dict) and isinstance(other, dict):
        return {key: _aligned(old[key], item, noisy, (*at, key)) if key in old else item for key, item in other.items()}
    if not (isinstance(old, list) and isinstance(other, list)):
        return other
    shared = min(len(old), len(other))
    pairs, alone, size = [(place, place) for place in range(shared)], list(range(shared, len(other))), shared
    if template(at) in noisy:
        pairs, _, alone = pair_elements(old, other)
        size = len(old)
    found: list[Json] = [ABSENT] * size
    for left, right in pairs:
        found[left] = _aligned(old[left], other[right], noisy, (*at, left))
    return found + [other[place] for place in alone]
