"""The places of a summary, each under its path; and which are maps, tuples or unions, which only the whole can show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from harness.model.paths import ANY, EACH, Path
from harness.schema.scalars import Numbers, Strings
from harness.schema.summary import Objects, Summary, as_map
from harness.schema.variants import Union, rivals, union_by

MAP_KEYS = 8
"""A record may leave out some keys: only with this many different ones can a low overlap show a map."""

MAP_OVERLAP = 0.5
"""An object is a map when it has, on average, at most this share of the keys that were seen at its place."""

VARIETY = 3
"""A choice (an enum, a discriminator) takes so many times fewer values than its neighbours."""

MANY = 10**9
"""Stands for the number of values where it is not known."""

_ID = re.compile(r"[0-9]+|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}.*", re.ASCII)


def is_map(objects: Objects) -> bool:
    """Whether the keys are data (ids, names, dates) and not the names of fields.

    True when there are too many keys to keep; when all (two or more) are numbers, UUIDs or dates; or when there are
    many keys with a low overlap, and no union to explain it. The values must be of one kind, as a map's are.
    """
    if objects.keys is None:
        return True
    if len(objects.keys) < 2 or not _of_one_kind(objects.keys):
        return False
    if all(map(_ID.fullmatch, objects.keys)):
        return True
    present = sum(child.count for child in objects.keys.values())
    room = objects.seen * len(objects.keys)
    return len(objects.keys) >= MAP_KEYS and present <= MAP_OVERLAP * room and union_of(objects) is None


def union_of(objects: Objects) -> Union | None:
    """The variants that the objects are, told apart by one member; None where they are of one kind.

    Rows that are fetched again and again look like variants told apart by a name, so the rest must be richer: what one
    member took, or two members of rivals together, is VARIETY times as many values as the discriminator.
    """
    if objects.keys is None or objects.unseen or not objects.variants:
        return None
    keys = objects.keys
    union = union_by(objects.variants)
    if union is None:
        return None
    others = max((variety(child) for key, child in keys.items() if key != union.discriminator), default=0)
    apart = max(sum(max(variety(keys[key]) for key in own) for own in pair) for pair in rivals(union.branches))
    values = sum(len(branch.values) for branch in union.branches)
    return union if max(others, apart) >= VARIETY * values else None


def variety(summary: Summary) -> int:
    """How many different scalars the richest place from here on down took; MANY where they were too many to keep."""
    within = [] if summary.arrays is None else [summary.arrays.elements]
    if summary.objects is not None:
        within += (summary.objects.keys or {}).values()
        within += [] if summary.objects.values is None else [summary.objects.values]
    here = distinct(summary)
    return max([MANY if here is None else here, *map(variety, within)])


def distinct(summary: Summary) -> int | None:
    """How many different scalars there are; None for more than are kept."""
    parts: tuple[Numbers[int] | Numbers[float] | Strings | None, ...]
    parts = (summary.integers, summary.floats, summary.strings)
    kept = [part.distinct for part in parts if part is not None]
    constants = sum(map(bool, (summary.nulls, summary.trues, summary.falses)))
    return None if None in kept else constants + sum(len(values) for values in kept if values is not None)


def walk(summary: Summary, path: Path = ()) -> Iterator[tuple[Path, Summary]]:
    """Every place with its summary, from the top down, keys in alphabetical order.

    Elements of arrays stand under EACH (tuples under their index), values of maps under ANY.
    """
    yield path, summary
    if summary.arrays is not None:
        if is_tuple(summary):
            for index, position in enumerate(summary.arrays.positions or ()):
                yield from walk(position, (*path, index))
        else:
            yield from walk(summary.arrays.elements, (*path, EACH))
    if summary.objects is not None:
        if is_map(summary.objects):
            yield from walk(as_map(summary.objects)[0], (*path, ANY))
        else:
            for key, child in sorted((summary.objects.keys or {}).items()):
                yield from walk(child, (*path, key))


def is_tuple(summary: Summary) -> bool:
    """Whether the arrays here are tuples: two or more of one length, with different kinds at the positions."""
    if summary.arrays is None or summary.arrays.count < 2:
        return False
    kinds = [kind for kind in map(kind_of, summary.arrays.positions or ()) if kind]
    return bool(kinds) and any(kind != kinds[0] for kind in kinds)


def _of_one_kind(keys: Mapping[str, Summary]) -> bool:
    kinds = [kind for kind in map(kind_of, keys.values()) if kind]
    return all(kind == kinds[0] for kind in kinds)


def kind_of(summary: Summary) -> frozenset[str]:
    """The types other than null, integers and floats being one."""
    seen = {
        "boolean": summary.trues + summary.falses,
        "number": summary.integers or summary.floats,
        "string": summary.strings,
        "array": summary.arrays,
        "object": summary.objects,
    }
    return frozenset(name for name, part in seen.items() if part)
