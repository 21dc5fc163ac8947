"""Which members tell variants apart: `{"type": "card", "number": …}` and `{"type": "sepa", "iban": …}` at one place.

For each string member that might be such a discriminator it is kept, value by value, which members were ever and which
were always there. All of it is a function of the multiset of objects, so that any order of merging gives the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from harness.model.json_text import Json

VARIANT_CAP = 16
"""A member with more different values than this tells no variants apart."""

BRANCH_SAMPLES = 3
"""A branch is evidence for a union from this many objects on."""

VARIANT_TEXT = 64
"""Nor does one with a longer value, in characters."""

_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+/ -]*", re.ASCII)

Keys = frozenset[str]


@dataclass(frozen=True, slots=True)
class Presence:
    """Of `count` objects: the members that each of them has, and those that one of them has."""

    count: int
    always: Keys
    ever: Keys

    def and_(self, other: Presence) -> Presence:
        """Both together."""
        return Presence(self.count + other.count, self.always & other.always, self.ever | other.ever)


Variants = dict[str, dict[str, Presence]]
"""By possible discriminator, by its value. A member that some object lacks, or that is not always a short string, is none."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The objects whose discriminator has one of `values`."""

    values: tuple[str, ...]
    presence: Presence


@dataclass(frozen=True, slots=True)
class Union:
    """The branches of a place, told apart by the member `discriminator`."""

    discriminator: str
    branches: tuple[Branch, ...]


def variants_of(keys: Keys, columns: Mapping[str, Sequence[Json]], among: Iterable[str]) -> Variants:
    """The variants of objects that all have `keys`, by those of `among` that may tell them apart."""
    counted = {name: Counter(columns[name]) for name in among if name in columns and _all_texts(columns[name])}
    return variants_of_counts(keys, counted)


def variants_of_counts(keys: Keys, counted: Mapping[str, Mapping[str, int]]) -> Variants:
    """The same, from how often each value of a possible discriminator occurred."""
    return {
        name: {value: Presence(count, keys, keys) for value, count in counts.items()}
        for name, counts in counted.items()
        if len(counts) <= VARIANT_CAP and all(map(_tells, counts))
    }


def both(one: Variants, other: Variants) -> Variants:
    """The variants of all objects of both."""
    merged = {name: _merged(one[name], other[name]) for name in one.keys() & other.keys()}
    return {name: values for name, values in merged.items() if len(values) <= VARIANT_CAP}


def union_by(variants: Variants) -> Union | None:
    """The union that the variants show, by the discriminator with the most branches; None where they show none.

    Two branches at least must be rivals: one member that comes and goes, alone, is an optional member and no variant.
    """
    found = [union for name in sorted(variants) if (union := _union(name, variants[name])) is not None]
    return max(found, key=lambda union: len(union.branches), default=None)


def rivals(branches: Sequence[Branch]) -> Iterator[tuple[Keys, Keys]]:
    """The members of each pair of branches that one of them always has and the other never, where both have such."""
    shown = [branch.presence for branch in branches if branch.presence.count >= BRANCH_SAMPLES]
    for one, other in combinations(shown, 2):
        mine, theirs = one.always - other.ever, other.always - one.ever
        if mine and theirs:
            yield mine, theirs


def _tells(value: str) -> bool:
    return len(value) <= VARIANT_TEXT and _VALUE.fullmatch(value) is not None


def _all_texts(column: Sequence[Json]) -> bool:
    return set(map(type, column)) == {str}


def _merged(one: Mapping[str, Presence], other: Mapping[str, Presence]) -> dict[str, Presence]:
    return dict(one) | {
        value: one[value].and_(presence) if value in one else presence for value, presence in other.items()
    }


def _union(name: str, values: Mapping[str, Presence]) -> Union | None:
    clusters: list[dict[str, Presence]] = []
    for value, presence in sorted(values.items()):
        alike = [cluster for cluster in clusters if not all(_apart(presence, other) for other in cluster.values())]
        joined = {value: presence}
        for cluster in alike:
            joined |= cluster
        clusters = [*(cluster for cluster in clusters if cluster not in alike), joined]
    branches = tuple(sorted((_branch(cluster) for cluster in clusters), key=lambda branch: branch.values))
    return Union(name, branches) if any(rivals(branches)) else None


def _apart(one: Presence, other: Presence) -> bool:
    """Whether a member that one of them always has is never in the other. A few samples do not show an `always`."""
    return any(
        has.count >= BRANCH_SAMPLES and not has.always <= lacks.ever for has, lacks in ((one, other), (other, one))
    )


def _branch(cluster: Mapping[str, Presence]) -> Branch:
    first, *rest = cluster.values()
    for presence in rest:
        first = first.and_(presence)
    return Branch(tuple(sorted(cluster)), first)
