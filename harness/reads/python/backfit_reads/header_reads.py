"""Headers of answers: which of them the plugin asks for by their names."""

from __future__ import annotations

import functools
import sys
import weakref
from typing import Any, Callable, Iterable

from .following import AnswerOf, asker, attribute, touch
from .frames import instruction, outside, where
from .notebook import ENUMERATED, MISSING, READ, TESTED, quietly
from .places import Answer, all_touched

_belonging: dict[int, tuple[Any, Answer]] = {}
_walked = (0, 0)
_looking = False
_WALKS = ("__iter__", "keys", "values", "items", "multi_items", "iteritems", "itermerged")


def headers_at(owner: Any, name: str, answer_of: AnswerOf) -> None:
    """Responses have their headers as their attribute `name`; `headers` says what is read of them."""
    attribute(owner, name, lambda response, value: _belongs(value, answer_of(response)))


def headers(owner: Any, get: str = "__getitem__", *others: str) -> None:
    """Objects of the class `owner` are headers: `get` and `others` take one by its name, `in` asks for one.

    Going through all of them is no reading of each, whether in a loop or for a copy.
    """
    names = owner.__iter__
    for name in _WALKS:
        if getattr(getattr(owner, name, None), "__module__", "collections.abc") != "collections.abc":  # which iterates
            _watch_walk(owner, name, names)
    contains = owner.__contains__
    if contains.__module__ == "collections.abc":  # which would ask by `get`
        contains = _held(getattr(owner, get))
    for name in (get, *others):
        _watch_get(owner, name)

    @functools.wraps(owner.__contains__)
    def asked(self: Any, name: Any) -> Any:
        _looked(self, lambda answer: touch_header(answer, name, TESTED))
        return contains(self, name)

    owner.__contains__ = asked


@quietly
def touch_header(answer: Answer | None, name: Any, op: str) -> None:
    """A header was asked for by its name."""
    if isinstance(name, bytes):
        name = name.decode("latin-1")
    if isinstance(name, str) and instruction() != _walked:
        touch(answer, f"header {name.lower()}", op, asker())


@quietly
def touch_all_headers(answer: Answer | None, names: list[str]) -> None:
    """Their names were asked for. What the same instruction takes by them is no reading by name."""
    global _walked
    frame = asker()
    if answer is not None and frame is not None:
        _walked = instruction()
        all_touched([answer.part(f"header {name.lower()}") for name in names], ENUMERATED, where(frame))


@quietly
def _belongs(held: Any, answer: Answer | None) -> None:
    """Those headers are of that answer, for as long as they live."""
    key = id(held)
    is_text = isinstance(held, str)  # as http.client's `msg` may be
    if answer is not None and key not in _belonging and not is_text:
        _belonging[key] = weakref.ref(held, lambda _: _belonging.pop(key, None)), answer


@quietly
def _looked(held: Any, look: Callable[[Answer], None]) -> None:
    """`look` says what is read of headers that are an answer's. What it asks of them itself is nobody's look."""
    global _looking
    found = _belonging.get(id(held))
    if found is None or _looking:
        return
    _looking = True
    try:
        look(found[1])
    finally:
        _looking = False


def _between_items() -> bool:
    """Whether a view of all items is asking: `for name, value in headers.items()`."""
    frame = outside(sys._getframe(1))
    return frame is not None and frame.f_code.co_name == "__iter__" and frame.f_globals["__name__"] == "collections.abc"


def _watch_get(owner: Any, name: str) -> None:
    get = getattr(owner, name)
    has = _held(get) if name == "__getitem__" else owner.__contains__

    @functools.wraps(get)
    def taken(self: Any, key: Any, *more: Any, **named: Any) -> Any:
        if not _between_items():
            _looked(self, lambda answer: touch_header(answer, key, READ if has(self, key) else MISSING))
        return get(self, key, *more, **named)

    setattr(owner, name, taken)


def _watch_walk(owner: Any, name: str, names: Callable[[Any], Iterable[str]]) -> None:
    walk = getattr(owner, name)

    @functools.wraps(walk)
    def walked(self: Any, *more: Any, **named: Any) -> Any:
        if asker() is not None:
            _looked(self, lambda answer: touch_all_headers(answer, list(names(self))))
        return walk(self, *more, **named)

    setattr(owner, name, walked)


def _held(get: Callable[..., Any]) -> Callable[[Any, Any], bool]:
    def held(headers: Any, name: Any) -> bool:
        try:
            get(headers, name)
        except KeyError:
            return False
        return True

    return held
