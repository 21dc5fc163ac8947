"""The places of a summary, each under its path; and which of them are maps or tuples, which only the whole can show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from harness.model.paths import ANY, EACH, Path
from harness.schema.summary import Objects, Summary, as_map

MAP_KEYS = 8
"""A record may leave out some keys: only with this many different ones can a low overlap show a map."""

MAP_OVERLAP = 0.5
"""An object is a map when it has, on average, at most this share of the keys that were seen at its place."""

_ID = re.compile(r"[0-9]+|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}.*", re.ASCII)


def is_map(objects: Objects) -> bool:
    """Whether the keys are data (ids, names, dates) and not the names of fields.

    True when there are too many keys to keep; when all (two or more) are numbers, UUIDs or dates; or when there are
    many keys with a low overlap. The values must be of one kind, as a map's are.
    """
    if objects.keys is None:
        return True
    if len(objects.keys) < 2 or not _of_one_kind(objects.keys):
        return False
    if all(map(_ID.fullmatch, objects.keys)):
        return True
    present = sum(child.count for child in objects.keys.values())
    room = (objects.count - objects.unseen) * len(objects.keys)
    return len(objects.keys) >= MAP_KEYS and present <= MAP_OVERLAP * room


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
    kinds = [kind for kind in map(_kind, summary.arrays.positions or ()) if kind]
    return bool(kinds) and any(kind != kinds[0] for kind in kinds)


def _of_one_kind(keys: Mapping[str, Summary]) -> bool:
    kinds = [kind for kind in map(_kind, keys.values()) if kind]
    return all(kind == kinds[0] for kind in kinds)


def _kind(summary: Summary) -> frozenset[str]:
    """The types other than null, integers and floats being one."""
    seen = {
        "boolean": summary.trues + summary.falses,
        "number": summary.integers or summary.floats,
        "string": summary.strings,
        "array": summary.arrays,
        "object": summary.objects,
    }
    return frozenset(name for name, part in seen.items() if part)
