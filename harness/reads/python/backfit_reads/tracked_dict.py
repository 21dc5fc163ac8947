"""A dict that tells what is read of it, and behaves as a plain one otherwise.

It is a dict inside, so C code that takes a dict's insides sees what it always saw (and is not seen doing so). That
`__iter__` is not dict's own makes `dict(x)`, `{**x}`, `f(**x)` and `x | y` come by way of `keys()`.
"""

from __future__ import annotations

import copy
import sys
from types import FrameType
from typing import TYPE_CHECKING, Any, Iterator

from . import walks
from .frames import where
from .notebook import ENUMERATED, MISSING, READ, SERIALISED, TESTED, quietly
from .places import Place, all_touched

WRITERS = {"json.encoder", "simplejson.encoder", "pprint", "plistlib", "yaml.representer", "ruamel.yaml.representer"}
"""Modules that go through a value to write it out."""

if TYPE_CHECKING:
    _Dict = dict[Any, Any]
else:
    _Dict = dict  # Python 3.8 cannot subscribe it

_get = dict.__getitem__
_set = dict.__setitem__
_has = dict.__contains__


class TrackedDict(_Dict):
    """A JSON object of an answer. `_own` are the keys that the plugin wrote or removed: they are no longer the answer's."""

    __slots__ = ("_own", "_place")
    _place: Place
    _own: set[Any] | None

    def __new__(cls, *given: Any, **named: Any) -> Any:
        """A plain dict: who calls `type(x)(…)` wants one."""
        return dict(*given, **named)

    def __getitem__(self, key: Any) -> Any:
        if not _has(self, key):
            self._asked(key, MISSING, sys._getframe(1))
        value = _get(self, key)
        self._taken(key, sys._getframe(1))
        return value

    def get(self, key: Any, default: Any = None) -> Any:
        if not _has(self, key):
            self._asked(key, MISSING, sys._getframe(1))
            return default
        self._taken(key, sys._getframe(1))
        return _get(self, key)

    def __contains__(self, key: Any) -> bool:
        found = _has(self, key)
        self._asked(key, TESTED, sys._getframe(1))
        return found

    def __iter__(self) -> Iterator[Any]:
        self._walked(sys._getframe(1))
        return dict.__iter__(self)

    def __reversed__(self) -> Iterator[Any]:
        self._walked(sys._getframe(1))
        return dict.__reversed__(self)

    def keys(self) -> Any:
        self._walked(sys._getframe(1))
        return dict.keys(self)

    def values(self) -> Any:
        self._met(ENUMERATED, sys._getframe(1))
        return dict.values(self)

    def items(self) -> Any:
        self._met(ENUMERATED, sys._getframe(1))
        return dict.items(self)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, dict):
            self._met(READ, sys._getframe(1))
        return dict.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        if isinstance(other, dict):
            self._met(READ, sys._getframe(1))
        return dict.__ne__(self, other)

    __hash__ = None

    def __str__(self) -> str:
        self._met(SERIALISED, sys._getframe(1))
        return dict.__repr__(self)

    def __setitem__(self, key: Any, value: Any) -> None:
        _set(self, key, value)
        self._wrote((key,))

    def setdefault(self, key: Any, default: Any = None) -> Any:
        if not _has(self, key):
            self._asked(key, MISSING, sys._getframe(1))
            self[key] = default
        else:
            self._taken(key, sys._getframe(1))
        return _get(self, key)

    def pop(self, key: Any, *default: Any) -> Any:
        if _has(self, key):
            self._taken(key, sys._getframe(1))
        else:
            self._asked(key, MISSING, sys._getframe(1))
        self._wrote((key,))
        return dict.pop(self, key, *default)

    def popitem(self) -> tuple[Any, Any]:
        key, value = dict.popitem(self)
        self._taken(key, sys._getframe(1))
        return key, value

    def __delitem__(self, key: Any) -> None:
        dict.__delitem__(self, key)
        self._wrote((key,))

    def update(self, *given: Any, **named: Any) -> None:
        written: dict[Any, Any] = {}
        written.update(*given, **named)
        dict.update(self, written)
        self._wrote(written)

    def __ior__(self, other: Any) -> TrackedDict:  # type: ignore[misc]
        self.update(other)
        return self

    def copy(self) -> TrackedDict:
        """A copy is tracked as the original is, so what becomes of it is seen."""
        return made_dict(self._place, dict(dict.items(self)), self._own)

    __copy__ = copy

    def __deepcopy__(self, memo: dict[int, Any]) -> TrackedDict:
        made = memo[id(self)] = made_dict(self._place, {}, self._own)
        dict.update(made, {key: copy.deepcopy(each, memo) for key, each in dict.items(self)})
        return made

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Pickled as a plain dict: another process has no tracking, or its own."""
        self._met(SERIALISED, sys._getframe(1))
        return dict, (), None, None, iter(dict.items(self))

    def received_places(self) -> list[Place]:
        """The places of the members that came with the answer."""
        own = self._own or ()
        found = (self._place.known(key) for key in dict.keys(self) if key not in own)
        return [place for place in found if place is not None]

    def place_of(self, key: str) -> Place:
        """The place of a member, whether it came with the answer or not."""
        return self._place.member(key)

    def _wrote(self, keys: Any) -> None:
        if self._own is None:
            self._own = set()
        self._own.update(keys)

    def _taken(self, key: Any, frame: FrameType) -> None:
        """A member was taken: by name, or by a key that came from iterating, which is the identical string."""
        if self._own is not None and key in self._own:
            return
        place = self._place.known(key)
        if place is None:
            return
        if place.name is not key or len(key) < 2:  # Python has each string of one character once
            walks.settle()
            place.touched(READ, frame)
        elif not walks.copies(self):
            walks.settle()
            place.touched(ENUMERATED, frame)

    @quietly
    def _asked(self, key: Any, op: str, frame: FrameType) -> None:
        if isinstance(key, str) and not (self._own and key in self._own):
            self._place.member(key).touched(op, frame)

    @quietly
    def _met(self, op: str, frame: FrameType) -> None:
        written = frame.f_globals.get("__name__") in WRITERS
        all_touched(self.received_places(), SERIALISED if written else op, where(frame))

    @quietly
    def _walked(self, frame: FrameType) -> None:
        """Somebody begins to iterate over the keys; what for is seen from what comes next."""
        if frame.f_globals.get("__name__") in WRITERS:
            self._met(SERIALISED, frame)
        else:
            walks.begin(self, self.received_places(), where(frame))


def made_dict(place: Place, members: dict[Any, Any], own: set[Any] | None = None) -> TrackedDict:
    """A tracked dict with those members, under the names that `place` has for them."""
    made: TrackedDict = dict.__new__(TrackedDict)
    made._place, made._own = place, None if own is None else set(own)
    dict.update(made, members)
    return made


# What `type(x)` is called in a message, and how `x.nothing` is refused, is as with a plain dict.
TrackedDict.__name__ = TrackedDict.__qualname__ = "dict"
TrackedDict.__module__ = "builtins"
