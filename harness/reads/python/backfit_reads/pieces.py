"""Bodies that are taken in pieces: they are put together again, so that the whole is remembered like any other."""

from __future__ import annotations

import functools
from typing import Any, Callable, Iterator

from .notebook import quietly
from .places import Answer
from .texts import LARGEST_TEXT, remember

_KEY = "_backfit_body"


def pieces(owner: Any, name: str, answer_of: Callable[[Any], Answer | None]) -> None:
    """The method `name` gives the next piece of a body (or writes it into a buffer and gives its length), and at last none."""
    give = getattr(owner, name)

    @functools.wraps(give)
    def given(self: Any, *more: Any, **named: Any) -> Any:
        outermost = not self.__dict__.get("_backfit_reading")  # one method may be made of another
        self.__dict__["_backfit_reading"] = True
        try:
            piece = give(self, *more, **named)
        finally:
            if outermost:
                del self.__dict__["_backfit_reading"]
        if outermost:
            _add(self, piece, answer_of, more)
        return piece

    setattr(owner, name, given)


def generated(owner: Any, name: str, answer_of: Callable[[Any], Answer | None]) -> None:
    """The method `name` generates the pieces of a body."""
    generate = getattr(owner, name)

    @functools.wraps(generate)
    def given(self: Any, *more: Any, **named: Any) -> Iterator[Any]:
        self.__dict__["_backfit_reading"] = True
        try:
            for piece in generate(self, *more, **named):
                _add(self, piece, answer_of)
                yield piece
        finally:
            self.__dict__.pop("_backfit_reading", None)

    setattr(owner, name, given)


@quietly
def _add(response: Any, piece: Any, answer_of: Callable[[Any], Answer | None], given: tuple[Any, ...] = ()) -> None:
    """Keep a piece of what may be JSON; each time that the body may be whole, remember it.

    Where `piece` is a number, so many bytes were written into the buffer that was `given`.
    """
    if isinstance(piece, int) and given:
        piece = bytes(memoryview(given[0]).cast("B")[:piece])
    if not isinstance(piece, bytes):
        return
    body: bytearray | None = response.__dict__.setdefault(_KEY, bytearray())
    if body is None:
        return
    body += piece
    if len(body) > LARGEST_TEXT or (body and not body.lstrip().startswith((b"{", b"["))):
        response.__dict__[_KEY] = None
    elif body.rstrip().endswith((b"}", b"]")):
        remember(bytes(body), answer_of(response))
