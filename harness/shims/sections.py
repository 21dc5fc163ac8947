"""The lists of a shim file, and how two items of one are compared: by what they say, or by what they are about."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from harness.shims.document import Ambiguous, Entry, Learned, Lost, Moved, SecondCall
from harness.shims.places import places
from harness.shims.yaml_writing import ambiguous_text, call_text, entry_key, lost_text, moved_text, step_text

T = TypeVar("T")


@dataclass(frozen=True)
class Section(Generic[T]):
    """`noun` is an item; `says` is all of one, but for the evidence; two that are `about` the same cannot both stand."""

    noun: str
    says: Callable[[T], str]
    about: Callable[[T], Iterable[Hashable]]


STEPS: Section[Learned] = Section("step", lambda each: step_text(each.step), lambda each: places(each.step))
LOST: Section[Lost] = Section("lost place", lost_text, lambda each: [each.path])
AMBIGUOUS: Section[Ambiguous] = Section("ambiguous place", ambiguous_text, lambda each: [each.path])
CALLS: Section[SecondCall] = Section("second call", call_text, lambda each: [each.name])
MOVED: Section[Moved] = Section("moved prefix", moved_text, lambda each: [each.from_])

OF_ENTRIES: Mapping[str, Section[Any]] = {
    "request": STEPS,
    "calls": CALLS,
    "response": STEPS,
    "lost": LOST,
    "ambiguous": AMBIGUOUS,
}
OF_SHIMS: Mapping[str, Section[Any]] = {"moved": MOVED, "requests": STEPS, "everywhere": STEPS, "otherwise": STEPS}


def paired_entries(one: Sequence[Entry], other: Sequence[Entry]) -> dict[str, Entry]:
    """For an entry's key the one of `other` that goes with it: of the same key, or the only one left of its operation."""
    found = {entry_key(each): each for each in other}
    pairs = {key: found[key] for each in one if (key := entry_key(each)) in found}
    left, new = ([each for each in side if entry_key(each) not in pairs] for side in (one, other))
    for each in left:
        alone = [before for before in left if before.match == each.match]
        fresh = [after for after in new if after.match == each.match]
        if len(alone) == len(fresh) == 1:
            pairs[entry_key(each)] = fresh[0]
    return pairs
