"""A bounded sample of the paths that were called, from which templates are learned: a million ids take the room of one.

Segments that look like ids share one place. Of the names at a place those with the smallest hashes are kept: a name that
ends up in the sample has been in it from its first call on, so that all of its calls are there, whatever their order
(the bottom-k sample of Cohen and Kaplan, "Summarizing data using bottom-k sketches", 2007).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from urllib.parse import unquote
from zlib import crc32

from harness.schema.path_tree import COMPARED, MERGED_VALUES, Visit
from harness.schema.segments import Segment, is_id
from harness.schema.shapes import SELF, Shape

MOST_NAMES = 256
"""So many names are kept at one place, and up to twice as many until they are counted."""

MOST_CALLS = 20_000
"""So many calls are kept; where there are more, fewer names are kept at each place."""


@dataclass(slots=True)
class Calls:
    """The calls of one method and path: at most COMPARED shapes of each kind, the same whatever the order."""

    shapes: set[Shape] = field(default_factory=set)
    succeeded: bool = False

    def add(self, shape: Shape | None, succeeded: bool) -> None:
        """Take in one answer."""
        self.succeeded |= succeeded
        if shape is not None and shape not in self.shapes:
            alike = [other for other in self.shapes if other.kind == shape.kind]
            self.shapes.difference_update(alike)
            self.shapes.update(nsmallest(COMPARED, [*alike, shape], key=lambda each: sorted(each.keys)))


@dataclass(slots=True)
class _Place:
    """`calls` end here, by method and suffix. `limit` is the hash from which on names are not kept; None for all."""

    names: dict[str, _Place] = field(default_factory=dict)
    limit: tuple[int, str] | None = None
    ids: _Place | None = None
    id_stems: list[str] = field(default_factory=list)
    calls: dict[tuple[str, str], Calls] = field(default_factory=dict)


@dataclass
class PathSample:
    """Fill it with `add`; `visits` is what `path_tree.grow` takes."""

    _root: _Place = field(default_factory=_Place)
    _most_names: int = MOST_NAMES
    _kept: int = 0

    def add(self, method: str, segments: tuple[Segment, ...], shape: Shape | None, succeeded: bool) -> None:
        """Take in one call of a path."""
        place = self._root
        previous: str | None = None
        for depth, segment in enumerate(segments):
            if is_id(segment._replace(final=False), previous):  # the 3 of /api/3 may be a version elsewhere
                place, previous = _at_id(place, segment.stem), ""
                shape = shape and shape.renamed(unquote(segment.stem), _mark(depth))
                continue
            child = self._at_name(place, segment.stem)
            if child is None:
                return
            place, previous = child, segment.text
        self._calls(place, (method, segments[-1].suffix)).add(shape, succeeded)

    def visits(self) -> list[Visit]:
        """The paths that are in the sample, one id or a few standing for all."""
        self._thin(self._root)
        return list(_visits(self._root, (), frozenset()))

    def _at_name(self, place: _Place, stem: str) -> _Place | None:
        """The place behind a name; None where the name is not in the sample."""
        child = place.names.get(stem)
        if child is None and (place.limit is None or _hash(stem) <= place.limit):
            child = place.names[stem] = _Place()
            if len(place.names) > 2 * self._most_names:
                self._thin_one(place)
        return child

    def _calls(self, place: _Place, key: tuple[str, str]) -> Calls:
        calls = place.calls.get(key)
        if calls is None:
            calls = place.calls[key] = Calls()
            self._kept += 1
            while self._kept > MOST_CALLS and self._most_names > MERGED_VALUES:
                self._most_names //= 2
                self._thin(self._root)
        return calls

    def _thin(self, place: _Place) -> None:
        self._thin_one(place)
        for child in _below(place):
            self._thin(child)

    def _thin_one(self, place: _Place) -> None:
        if len(place.names) <= self._most_names:
            return
        kept = nsmallest(self._most_names, place.names, key=_hash)
        place.limit = _hash(kept[-1])
        for stem in place.names.keys() - set(kept):
            self._kept -= _size(place.names.pop(stem))


def _at_id(place: _Place, stem: str) -> _Place:
    place.ids = place.ids or _Place()
    if stem not in place.id_stems:
        place.id_stems = sorted([*place.id_stems, stem])[:MERGED_VALUES]
    return place.ids


def _visits(place: _Place, before: tuple[Segment, ...], crowded: frozenset[int]) -> Iterator[Visit]:
    depth = len(before)
    for (method, suffix), calls in place.calls.items():
        last = before[-1]._replace(text=before[-1].stem + suffix, suffix=suffix, final=True)
        yield Visit(method, (*before[:-1], last), frozenset(calls.shapes), calls.succeeded, crowded)
    crowded |= set() if place.limit is None else {depth}
    for stem, child in place.names.items():
        yield from _visits(child, (*before, Segment(stem, stem, "", False)), crowded)
    if place.ids is not None:
        yield from _visits_of_ids(place.ids, place.id_stems, before, crowded)


def _visits_of_ids(
    place: _Place, stems: list[str], before: tuple[Segment, ...], crowded: frozenset[int]
) -> Iterator[Visit]:
    """All under the first id; and one call under each of the others, to show that there are several."""
    first, *others = stems
    shown: list[str] = others
    for visit in _visits(place, (*before, Segment(first, first, "", False)), crowded):
        shapes = frozenset(shape.renamed(_mark(len(before)), unquote(first)) for shape in visit.shapes)
        yield replace(visit, shapes=shapes)
        for other in shown:
            segment = visit.segments[len(before)]
            renamed = segment._replace(text=other + segment.suffix, stem=other)
            segments = (*before, renamed, *visit.segments[len(before) + 1 :])
            yield replace(visit, segments=segments, shapes=shapes)
        shown = []


def _below(place: _Place) -> list[_Place]:
    return [*place.names.values(), *([] if place.ids is None else [place.ids])]


def _size(place: _Place) -> int:
    return len(place.calls) + sum(map(_size, _below(place)))


def _mark(depth: int) -> str:
    """Stands in a shape for the id at `depth`, whichever it was."""
    return f"{SELF}{depth}"


def _hash(stem: str) -> tuple[int, str]:
    return crc32(stem.encode(errors="surrogatepass")), stem
