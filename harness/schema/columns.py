"""Objects turned on their side: one column of values for each key. It runs in C, which makes it fast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from operator import itemgetter

from harness.model.json_text import Json

Column = Sequence[Json]
Columns = Mapping[str, Column]

_CONTAINERS = frozenset({dict, list})


def alike_columns(column: Sequence[dict[str, Json]]) -> list[Columns]:
    """The columns of the objects that have the same keys in the same order, for each such order."""
    if len(set(map(len, column))) == 1:
        try:
            return [_columns(tuple(column[0]), column)]
        except KeyError:  # as many keys, but not the same
            pass
    alike: dict[tuple[str, ...], list[dict[str, Json]]] = defaultdict(list)
    for keys, value in zip(map(tuple, column), column, strict=True):
        alike[keys].append(value)
    return [_columns(keys, members) for keys, members in alike.items()]


def joined(groups: Sequence[Columns]) -> Columns:
    """For each key, its values in all the objects that have it."""
    if len(groups) == 1:
        return groups[0]
    columns: dict[str, list[Json]] = defaultdict(list)
    for group in groups:
        for key, values in group.items():
            columns[key].extend(values)
    return columns


def _columns(keys: tuple[str, ...], alike: Sequence[dict[str, Json]]) -> Columns:
    """The columns under `keys`, which are all that the objects have. KeyError where an object lacks one."""
    return {key: list(map(itemgetter(key), alike)) for key in keys}


def hold_lists(column: Sequence[list[Json]]) -> bool:
    """Whether one of the arrays is plainly a list: of objects only, or of arrays only."""
    if _CONTAINERS.isdisjoint(map(type, chain.from_iterable(column))):
        return False
    return any(len(kinds) == 1 and kinds <= _CONTAINERS for kinds in (set(map(type, array)) for array in column))
