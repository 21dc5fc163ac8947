"""A list that tells what is read of it, and behaves as a plain one otherwise.

Its objects and lists tell themselves what is read of them, so only scalars are told here: which one of them it was does
not matter, and going through a list is how its scalars are read.
"""

from __future__ import annotations

import copy
import sys
from types import FrameType
from typing import TYPE_CHECKING, Any, Iterable, Iterator

from .frames import where
from .notebook import READ, SERIALISED, quietly
from .places import Place, all_touched
from .tracked_dict import WRITERS, TrackedDict

if TYPE_CHECKING:
    _List = list[Any]
else:
    _List = list  # Python 3.8 cannot subscribe it

_get = list.__getitem__


class TrackedList(_List):
    """A JSON array of an answer; `_scalars` says whether it came with any."""

    __slots__ = ("_place", "_scalars")
    _place: Place
    _scalars: bool

    def __new__(cls, *given: Any) -> Any:
        """A plain list: who calls `type(x)(…)` wants one."""
        return list(*given)

    def __getitem__(self, index: Any) -> Any:
        found = _get(self, index)
        if isinstance(index, slice):
            return made_list(self._place, found)
        if type(found) is not TrackedDict and type(found) is not TrackedList:
            self._read(sys._getframe(1))
        return found

    def __iter__(self) -> Iterator[Any]:
        self._read(sys._getframe(1))
        return list.__iter__(self)

    def __reversed__(self) -> Iterator[Any]:
        self._read(sys._getframe(1))
        return list.__reversed__(self)

    def __contains__(self, item: Any) -> bool:
        self._read(sys._getframe(1))
        return list.__contains__(self, item)

    def index(self, *given: Any) -> int:
        self._read(sys._getframe(1))
        return list.index(self, *given)

    def count(self, item: Any) -> int:
        self._read(sys._getframe(1))
        return list.count(self, item)

    def pop(self, *index: Any) -> Any:
        self._read(sys._getframe(1))
        return list.pop(self, *index)

    def sort(self, **how: Any) -> None:
        self._read(sys._getframe(1))
        list.sort(self, **how)

    def __add__(self, other: Any) -> Any:
        self._read(sys._getframe(1))
        return list.__add__(self, other)

    def __radd__(self, other: Any) -> Any:
        if not isinstance(other, list):
            return NotImplemented
        self._read(sys._getframe(1))
        return list.__add__(other, self)

    def __eq__(self, other: object) -> bool:
        self._read(sys._getframe(1))
        return list.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        self._read(sys._getframe(1))
        return list.__ne__(self, other)

    def __lt__(self, other: Any) -> bool:
        self._read(sys._getframe(1))
        return list.__lt__(self, other)

    def __gt__(self, other: Any) -> bool:
        self._read(sys._getframe(1))
        return list.__gt__(self, other)

    __hash__ = None

    def __str__(self) -> str:
        self._written(sys._getframe(1))
        return list.__repr__(self)

    def copy(self) -> TrackedList:
        """A copy is tracked as the original is, so what becomes of it is seen."""
        return made_list(self._place, list.__iter__(self))

    __copy__ = copy

    def __deepcopy__(self, memo: dict[int, Any]) -> TrackedList:
        made = memo[id(self)] = made_list(self._place, ())
        made.extend([copy.deepcopy(each, memo) for each in list.__iter__(self)])
        made._scalars = self._scalars
        return made

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Pickled as a plain list: another process has no tracking, or its own."""
        self._written(sys._getframe(1))
        return list, (), None, list.__iter__(self)

    def received_places(self) -> list[Place]:
        """The place of its scalars, if it came with any."""
        return [self._place.element()] if self._scalars else []

    def _read(self, frame: FrameType) -> None:
        if self._scalars:
            written = frame.f_globals.get("__name__") in WRITERS
            self._place.element().touched(SERIALISED if written else READ, frame)

    @quietly
    def _written(self, frame: FrameType) -> None:
        all_touched(self.received_places(), SERIALISED, where(frame))


def made_list(place: Place, items: Iterable[Any]) -> TrackedList:
    """A tracked list of those items."""
    made: TrackedList = list.__new__(TrackedList)
    made._place = place
    list.extend(made, items)
    made._scalars = any(type(each) is not TrackedDict and type(each) is not TrackedList for each in list.__iter__(made))
    return made


# What `type(x)` is called in a message, and how `x.nothing` is refused, is as with a plain list.
TrackedList.__name__ = TrackedList.__qualname__ = "list"
TrackedList.__module__ = "builtins"
