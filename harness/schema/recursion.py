"""Trees: objects that hold objects of their own kind, as a comment holds its replies, are one schema that names itself.

Three generations of like objects under one way (`replies[*]`, and `replies[*]` again) are a tree. Two are not: a parent
that is shown inside its child may well stay the only one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.model.paths import ANY, EACH, Path, Step
from harness.schema.places import is_map, is_tuple, kind_of
from harness.schema.summary import Objects, Summary, as_map, merge

WAY = 6
"""A child is looked for at most so many steps below its parent: `replies.data.children[*].data`."""

LIKE = 0.8
"""Objects are of one kind from this share of their keys on."""


@dataclass(frozen=True)
class Tree:
    """All generations as one: `node`, which holds no child any more, and the ways to where the children stood."""

    node: Objects
    ways: frozenset[Path]


def tree_of(objects: Objects) -> Tree | None:
    """The tree whose root the objects are; None where they are none, or where it is too deep to have been looked through."""
    ways = frozenset(
        way
        for way, children in _below(objects, WAY)
        if _like(objects, children, way[0])
        and any(again == way and _like(children, last, way[0]) for again, last in _below(children, WAY))
    )
    ways = frozenset(way for way in ways if not any(way[:at] in ways for at in range(1, len(way))))
    if not ways:
        return None
    node = _folded(objects, ways)
    return None if node.unseen else Tree(node, ways)


def _below(objects: Objects, steps: int) -> Iterator[tuple[Path, Objects]]:
    """The objects at most `steps` below, each with the way there."""
    for step, child in _members(objects):
        yield from _within(child, (step,), steps - 1)


def _within(summary: Summary, way: Path, steps: int) -> Iterator[tuple[Path, Objects]]:
    if summary.objects is not None:
        yield way, summary.objects
    if steps == 0:
        return
    if summary.objects is not None:
        for step, child in _members(summary.objects):
            yield from _within(child, (*way, step), steps - 1)
    if summary.arrays is not None and not is_tuple(summary):
        yield from _within(summary.arrays.elements, (*way, EACH), steps - 1)


def _members(objects: Objects) -> list[tuple[Step, Summary]]:
    return [(ANY, as_map(objects)[0])] if is_map(objects) else list((objects.keys or {}).items())


def _like(one: Objects, other: Objects, onward: Step) -> bool:
    """Whether most keys are in both, with values of one kind: what is empty in one of them may be anything, and where it
    goes `onward` to the next generation, the last one may hold anything instead."""
    if not one.keys or not other.keys or is_map(one) or is_map(other):
        return False
    shared = one.keys.keys() & other.keys.keys()
    alike = [key for key in shared if key == onward or _compatible(one.keys[key], other.keys[key])]
    return len(alike) > 1 and len(alike) >= LIKE * len(one.keys.keys() | other.keys.keys())


def _compatible(one: Summary, other: Summary) -> bool:
    mine, theirs = kind_of(one), kind_of(other)
    return not mine or not theirs or bool(mine & theirs)


def _folded(objects: Objects, ways: frozenset[Path]) -> Objects:
    node = Objects()
    generation = [objects]
    children = dict.fromkeys(ways, 0)
    while generation:
        for each in generation:
            node.absorb(each)
        generation = []
        for way in sorted(ways, key=repr):
            plucked = _plucked(node, way)
            if plucked is not None:
                generation.append(plucked)
                children[way] += plucked.count
    for way, count in children.items():
        _hang(node, way, count)
    return node


def _plucked(node: Objects, way: Path) -> Objects | None:
    """Take the objects at the end of `way` out of `node`."""
    place = _at(node, way)
    if place is None or place.objects is None:
        return None
    plucked, place.objects = place.objects, None
    return plucked


def _hang(node: Objects, way: Path, count: int) -> None:
    """Leave behind how many objects there were, so that what holds them counts as present."""
    place = _at(node, way)
    if place is not None and count:
        place.absorb(Summary(objects=Objects(count)))


def _at(node: Objects, way: Path) -> Summary | None:
    """The place itself, to be changed."""
    place: Summary | None = Summary(objects=node)
    for step in way:
        place = _child(place, step) if place is not None else None
    return place


def _child(place: Summary, step: Step) -> Summary | None:
    if step is EACH:
        return None if place.arrays is None else place.arrays.as_list()
    if place.objects is None:
        return None
    return place.objects.as_map()[0] if step is ANY else (place.objects.keys or {}).get(str(step))


def without_objects(summary: Summary) -> Summary:
    """What else there was at a place."""
    rest = merge(summary)
    rest.objects = None
    return rest
