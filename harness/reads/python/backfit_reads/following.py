"""Puts watchers before the methods and attributes of an HTTP library's responses. Each calls the original and gives what it gave.

A name that a library's version does not have is an AttributeError here, so that library is left alone and that is said.
"""

from __future__ import annotations

import functools
import sys
from types import FrameType
from typing import Any, Callable

from . import places
from .frames import is_library, speaker
from .notebook import EXPORTED, READ, quietly
from .places import Answer
from .texts import remember

AnswerOf = Callable[[Any], "Answer | None"]

_ABSENT = object()
_ON_BEHALF = {
    *("ok", "__bool__", "is_success", "is_error", "is_client_error", "is_server_error", "is_informational"),
    *(
        "is_redirect",
        "is_permanent_redirect",
        "has_redirect_location",
        "reason_phrase",
        "getcode",
        "getheader",
        "links",
    ),
}
"""Methods of responses that look at the status or a header for who calls them."""

_ORDERED = ("raise_for_status", "http_response")
"""Functions that raise where the status is an error: whoever calls them was told to by the plugin, as `urlopen` is."""


def asker() -> FrameType | None:
    """The frame that asked for what is being watched, None where a library asks for itself."""
    frame = speaker(sys._getframe(1))
    while frame is not None and is_library(frame.f_code.co_filename):
        name = frame.f_code.co_name
        if name in _ORDERED:
            return frame
        if name not in _ON_BEHALF:
            return None
        frame = speaker(frame.f_back)
    return frame


def answer_by(ask: Callable[[Any], tuple[str, str]]) -> AnswerOf:
    """Gives the answer that a response is, found by the method and URL that `ask` reads of it; None where there are none."""

    @quietly
    def answer_of(response: Any) -> Answer | None:
        method, url = ask(response)
        return places.answer(method, url) if method and url else None

    return answer_of


def body(owner: Any, name: str, answer_of: AnswerOf) -> None:
    """The property or method `name` gives the whole body."""
    found = _found(owner, name)
    if isinstance(found, property):
        setattr(owner, name, property(_giving(found.fget, answer_of), found.fset, found.fdel, found.__doc__))
    else:
        setattr(owner, name, _giving(found, answer_of))


def awaited_body(owner: Any, name: str, answer_of: AnswerOf) -> None:
    """The coroutine method `name` gives the whole body."""
    give = _found(owner, name)

    @functools.wraps(give)
    async def given(self: Any, *more: Any, **named: Any) -> Any:
        text = await give(self, *more, **named)
        remember(text, answer_of(self))
        return text

    setattr(owner, name, given)


def stream(owner: Any, name: str, answer_of: AnswerOf) -> None:
    """The method `name` gives the body in pieces: what the plugin makes of them is not seen."""
    give = _found(owner, name)

    @functools.wraps(give)
    def given(self: Any, *more: Any, **named: Any) -> Any:
        touch(answer_of(self), "$", EXPORTED, asker())
        return give(self, *more, **named)

    setattr(owner, name, given)


def status(owner: Any, name: str, answer_of: AnswerOf) -> None:
    """Responses have their status as their attribute `name`."""
    attribute(owner, name, lambda response, _: touch(answer_of(response), "status", READ, asker()))


def stream_attribute(owner: Any, name: str, answer_of: AnswerOf) -> None:
    """Responses have a stream of their body as their attribute `name`: what the plugin makes of it is not seen."""
    attribute(owner, name, lambda response, _: touch(answer_of(response), "$", EXPORTED, asker()))


def attribute(owner: Any, name: str, watch: Callable[[Any, Any], None]) -> None:
    """An attribute that stays where it is, in the object's own `__dict__`, and is watched when it is taken."""
    default = vars(owner).get(name, _ABSENT)
    watch = quietly(watch)

    def get(self: Any) -> Any:
        value = self.__dict__.get(name, default)
        if value is _ABSENT:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        watch(self, value)
        return value

    def put(self: Any, value: Any) -> None:
        self.__dict__[name] = value

    def remove(self: Any) -> None:
        del self.__dict__[name]

    setattr(owner, name, property(get, put, remove))


@quietly
def touch(answer: Answer | None, part: str, op: str, frame: FrameType | None) -> None:
    """A part of an answer (`$`, `status`, `header x`) was touched by the code at `frame`; by nobody's, where it is None."""
    if answer is not None and frame is not None:
        (answer.root if part == "$" else answer.part(part)).touched(op, frame)


def _giving(give: Any, answer_of: AnswerOf) -> Callable[..., Any]:
    @functools.wraps(give)
    def given(self: Any, *more: Any, **named: Any) -> Any:
        text = give(self, *more, **named)
        remember(text, answer_of(self))
        return text

    return given


def _found(owner: Any, name: str) -> Any:
    """The attribute as the class holds it, so that a property stays one. Raises AttributeError where it has none."""
    for each in owner.__mro__:
        if name in vars(each):
            return vars(each)[name]
    raise AttributeError(f"{owner.__name__} has no {name!r}")
