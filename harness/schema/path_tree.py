"""A tree of the paths that were called: which segments are names, and which are values of a variable.

It is grown level by level. A segment that looks like an id is a variable at once; names that stand at one place become
a variable when what was answered, there and below, has one shape.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Any
from urllib.parse import unquote

from harness.schema.segments import Segment, is_fixed, is_id, variable_name
from harness.schema.shapes import Shape, agree

MERGED_VALUES = 3
"""Names become a variable only from this many different values on."""

COMPARED = 8
"""So many different shapes of one call are compared with another's."""

MANY_VALUES = 20
"""More names than this at one place become a variable even where no JSON was answered that could agree."""


Call = tuple[str, str]


@dataclass(frozen=True)
class Visit:
    """All calls of one method and path: the shapes of their answers, and whether any of them succeeded.

    At the depths of `crowded` there are more names than are kept.
    """

    method: str
    segments: tuple[Segment, ...]
    shapes: frozenset[Shape]
    succeeded: bool
    crowded: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Level:
    """What may stand at one place of a path: `names` that are meant as they are, and `variable` for all others."""

    names: Mapping[str, Level] = field(default_factory=dict)
    variable: Level | None = None

    def template(self, segments: Sequence[Segment], previous: str | None = None, taken: tuple[str, ...] = ()) -> str:
        """The template of a path from here on, after the segment `previous`. What was never seen goes by its looks."""
        if not segments:
            return ""
        segment, rest = segments[0], segments[1:]
        if segment.stem in self.names or not (is_id(segment, previous) or self._takes(segment, previous)):
            text = segment.text.replace("{", "%7B").replace("}", "%7D")
            return f"/{text}" + self.names.get(segment.stem, _NOTHING).template(rest, segment.text, taken)
        called = variable_name(previous, taken)
        below = (self.variable or _NOTHING).template(rest, _A_VARIABLE, (*taken, called))
        return f"/{{{called}}}{segment.suffix}{below}"

    def _takes(self, segment: Segment, previous: str | None) -> bool:
        return self.variable is not None and not is_fixed(segment, previous)


_NOTHING = Level()
_A_VARIABLE = ""  # stands for the segment before, where a variable is


def grow(visits: Iterable[Visit], depth: int, previous: str | None) -> Level:
    """The level at `depth` of the paths of `visits`, which agree up to there; `previous` is the segment before."""
    standing: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        if depth < len(visit.segments):
            standing[visit.segments[depth].stem].append(visit)
    segments = {
        stem: min((visit.segments[depth] for visit in through), key=_goes_on) for stem, through in standing.items()
    }
    ids = frozenset(stem for stem, segment in segments.items() if is_id(segment, previous))
    names = {
        stem: _candidate(frozenset({stem}), standing[stem], depth, segment.text)
        for stem, segment in segments.items()
        if stem not in ids
    }
    by_looks = _candidate(ids, [visit for stem in ids for visit in standing[stem]], depth, _A_VARIABLE)
    free = [candidate for stem, candidate in names.items() if not is_fixed(segments[stem], previous)]
    varying = _varying(by_looks, free)
    if varying == ids and any(depth in visit.crowded for through in standing.values() for visit in through):
        varying |= _stems(free)
    variable = by_looks.below if ids else None
    if varying != ids:
        variable = grow([visit for stem in varying for visit in standing[stem]], depth + 1, _A_VARIABLE)
    return Level({stem: name.below for stem, name in names.items() if stem not in varying}, variable)


@dataclass(frozen=True)
class Candidate:
    """Segments that stand or fall together: all the ids at a place, or one name, by their stems.

    `below` is the level behind them, `calls` are (method, template of the rest), `evidence` the telling shapes of the
    calls' answers, by type.
    """

    stems: frozenset[str]
    below: Level
    calls: frozenset[Call]
    evidence: Mapping[tuple[Call, str], frozenset[Shape]]
    succeeded: bool


def _candidate(stems: frozenset[str], visits: Sequence[Visit], depth: int, text: str) -> Candidate:
    below = grow(visits, depth + 1, text) if visits else _NOTHING
    calls: set[Call] = set()
    evidence: dict[tuple[Call, str], set[Shape]] = defaultdict(set)
    for visit in visits:
        segment, rest = visit.segments[depth], visit.segments[depth + 1 :]
        call = (visit.method, segment.suffix + below.template(rest, _A_VARIABLE))
        calls.add(call)
        for shape in visit.shapes:
            seen = shape.seen_from(unquote(segment.stem))
            if seen.telling:
                evidence[call, shape.kind].add(seen)
    compared = {key: _few(shapes) for key, shapes in evidence.items()}
    return Candidate(stems, below, frozenset(calls), compared, any(visit.succeeded for visit in visits))


def _varying(by_looks: Candidate, names: Sequence[Candidate]) -> frozenset[str]:
    """Which stems at one place are values of a variable: those that look like ids, and names that answer alike."""
    candidates = [by_looks, *names]
    clusters = [_stems(cluster) for cluster in _clusters(candidates)]
    silent = _stems(name for name in names if name.succeeded and not name.evidence)
    if len(silent) > MANY_VALUES:
        clusters.append(silent | by_looks.stems)
    varying = max(
        (cluster for cluster in clusters if len(cluster) >= MERGED_VALUES and by_looks.stems <= cluster),
        key=lambda cluster: (len(cluster), sorted(cluster)),
        default=by_looks.stems,
    )
    return varying | _misses(candidates, varying)


def _clusters(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """The candidates, put together where their evidence agrees, directly or by way of others."""
    alike: dict[frozenset[Any], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.evidence:
            alike[frozenset(candidate.evidence.items())].append(candidate)
    clusters: list[list[Candidate]] = []
    for same in alike.values():
        joined, apart = list(same), []
        for cluster in clusters:
            if any(_agree(same[0], other) for other in cluster):
                joined += cluster
            else:
                apart.append(cluster)
        clusters = [*apart, joined]
    return clusters


def _agree(one: Candidate, other: Candidate) -> bool:
    """Whether the two answer alike wherever both have answered."""
    shared = one.evidence.keys() & other.evidence.keys()
    return bool(shared) and all(
        any(agree(mine, theirs) for mine in one.evidence[call] for theirs in other.evidence[call]) for call in shared
    )


def _misses(candidates: Iterable[Candidate], varying: frozenset[str]) -> frozenset[str]:
    """Names that only ever failed, in calls that the variable has too: values that are not there, as in /users/nope."""
    known = {call for candidate in candidates if candidate.stems <= varying for call in candidate.calls}
    return _stems(candidate for candidate in candidates if not candidate.succeeded and candidate.calls <= known)


def _stems(candidates: Iterable[Candidate]) -> frozenset[str]:
    return frozenset(stem for candidate in candidates for stem in candidate.stems)


def _few(shapes: Iterable[Shape]) -> frozenset[Shape]:
    """At most COMPARED of them, always the same: comparing all with all would not end on a busy path."""
    return frozenset(nsmallest(COMPARED, shapes, key=lambda shape: (shape.kind, sorted(shape.keys))))


def _goes_on(segment: Segment) -> bool:
    return segment.final
