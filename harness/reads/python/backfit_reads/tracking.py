"""Turns a decoded answer into one whose mappings and lists tell what is read of them, and back into a plain one."""

from __future__ import annotations

import sys
from typing import Any, Iterator

from .frames import where
from .notebook import EXPORTED, READ, quietly
from .places import Place, all_touched
from .tracked_dict import TrackedDict, made_dict
from .tracked_list import TrackedList, made_list

DEEPEST = 200
"""Levels of objects and lists that are tracked."""
_PLAIN_DEPTH = 50
_SCALARS = (str, int, float, type(None), bytes)


def tracked(value: Any, place: Place) -> Any:
    """`value` with every plain dict and list in it tracked, as what stands at `place`; itself where it is neither.

    What a decoder's hooks made of an object cannot be looked into: it counts as handed on.
    """
    return _tracked(value, place, DEEPEST)


def received(value: Any, place: Place) -> Any:
    """`tracked`, for a value that the plugin takes as a whole: a scalar is read with that."""
    if isinstance(value, _SCALARS):
        place.touched(READ, sys._getframe(2))
    return tracked(value, place)


def plain(value: Any) -> Any:
    """`value` where it holds nothing tracked, else a copy without: dicts, lists and tuples are looked into, nothing is told."""
    return _plain(value, _PLAIN_DEPTH)


@quietly
def handed_on(values: Any, op: str) -> None:
    """All of what is tracked in `values` was touched in that way, where nobody can look."""
    all_touched(_places(values, _PLAIN_DEPTH), op, where(sys._getframe(2)))


def _tracked(value: Any, place: Place, depth: int) -> Any:
    kind = type(value)
    if kind is not dict and kind is not list:
        if (
            not isinstance(value, _SCALARS)
            and not hasattr(value, "__float__")
            and kind not in (TrackedDict, TrackedList)
        ):
            place.touched(EXPORTED)
        return value
    if not depth:
        place.touched(EXPORTED)
        return value
    if kind is list:
        element = place.element()
        return made_list(place, [_tracked(each, element, depth - 1) for each in value])
    members = {}
    for key, each in value.items():
        member = place.member(key)
        members[member.name or key] = _tracked(each, member, depth - 1)
    return made_dict(place, members)


def _plain(value: Any, depth: int) -> Any:
    if not depth or not isinstance(value, (dict, list, tuple)):
        return value
    if isinstance(value, dict):
        found = {key: _plain(each, depth - 1) for key, each in dict.items(value)}
        same = type(value) is not TrackedDict and all(found[key] is each for key, each in dict.items(value))
        return value if same or type(value) not in (dict, TrackedDict) else found
    items = [_plain(each, depth - 1) for each in _items(value)]
    if type(value) is TrackedList:
        return items
    if type(value) not in (list, tuple) or all(map(_is, items, value)):
        return value
    return type(value)(items)


def _items(value: Any) -> Iterator[Any]:
    """The items of a list or tuple, and nobody hears of it."""
    return list.__iter__(value) if isinstance(value, list) else tuple.__iter__(value)


def _is(one: Any, other: Any) -> bool:
    return one is other


def _places(value: Any, depth: int) -> Iterator[Place]:
    if not depth:
        return
    if isinstance(value, dict):
        if type(value) is TrackedDict:
            yield from value.received_places()
        for each in dict.values(value):
            yield from _places(each, depth - 1)
    elif isinstance(value, (list, tuple)):
        if type(value) is TrackedList:
            yield from value.received_places()
        for each in _items(value):
            yield from _places(each, depth - 1)
