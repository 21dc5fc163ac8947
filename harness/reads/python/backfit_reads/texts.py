"""Which text is the body of which answer: remembered by what it says, so that whoever decodes it gives a tracked value."""

from __future__ import annotations

import sys
from collections import OrderedDict
from typing import Any

from .frames import is_library, speaker, where
from .notebook import EXPORTED, quietly, tell
from .places import Answer, Place
from .tracked_dict import TrackedDict
from .tracked_list import TrackedList
from .tracking import received

MOST_TEXTS = 1000
"""Texts that are remembered; the one that was not used for longest is forgotten."""
LARGEST_TEXT = 32 * 1024 * 1024
"""Bytes or characters of a text that is remembered."""


_texts: OrderedDict[tuple[int, int], Place] = OrderedDict()
_taken: dict[Place, str] = {}
"""Where in its code the plugin took a text (`file:line`); empty once a text of the place was decoded."""


@quietly
def remember(text: Any, answer: Answer | None) -> None:
    """`text` (str or bytes) is the body of `answer`, or one part of it that stands alone.

    Where the plugin takes it itself, and nobody decodes it, it counts as handed on.
    """
    if answer is None or not isinstance(text, (str, bytes)) or len(text) > LARGEST_TEXT:
        return
    frame = speaker(sys._getframe(2))
    taken = where(frame) if frame is not None and not is_library(frame.f_code.co_filename) else ""
    if _begins_as_json(text):
        if taken:
            _taken.setdefault(answer.root, taken)
        for each in _forms(text):
            _keep(each, answer.root)
    elif taken and text:
        answer.root.touched(EXPORTED, frame)


def decoded(text: Any, value: Any) -> Any:
    """What a decoder made of `text`: tracked where the text is remembered, `value` itself otherwise."""
    tracked = _decoded(text, value)
    return value if tracked is None else tracked


@quietly
def shadow(given: Any) -> Any:
    """What a decoder that makes no dicts was given: the value itself, or of a text that is remembered what json makes of it."""
    import json  # not before the plugin does: this is called by libraries that have it

    if not isinstance(given, (str, bytes)):
        return given
    return json.loads(given) if _key(given) in _texts else None


def written(text: Any, value: Any) -> None:
    """An encoder made `text` of `value`: who decodes it again gets the answer's data again."""
    if isinstance(value, (TrackedDict, TrackedList)) and isinstance(text, (str, bytes)):
        _keep(text, value._place)


@quietly
def close() -> None:
    """Tell which texts the plugin took that were never decoded by anyone that we know."""
    tell([place.met(EXPORTED, taken) for place, taken in _taken.items() if taken])
    _taken.clear()


def forget() -> None:
    """Leave it to the process that this one was forked from to tell which texts it took."""
    _taken.clear()


@quietly
def _decoded(text: Any, value: Any) -> Any:
    if not _texts or not isinstance(text, (str, bytes, bytearray, memoryview)):
        return None
    place = _texts.get(_key(text if isinstance(text, (str, bytes)) else bytes(text)))
    if place is None:
        return None
    _taken[place] = ""
    return received(value, place)


def _keep(text: str | bytes, place: Place) -> None:
    key = _key(text)
    _texts[key] = place
    _texts.move_to_end(key)
    if len(_texts) > MOST_TEXTS:
        _texts.popitem(last=False)


def _begins_as_json(text: str | bytes) -> bool:
    beginning = text[:200].decode("latin-1") if isinstance(text, bytes) else text[:200]
    return beginning.lstrip("\xef\xbb\xbf\ufeff \t\r\n")[:1] in ("{", "[")


def _forms(text: str | bytes) -> tuple[str | bytes, ...]:
    """The text, and what its bytes spell: libraries decode the one from the other where we do not see it."""
    if isinstance(text, str):
        return (text,)
    try:
        return text, text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (text,)


def _key(text: str | bytes) -> tuple[int, int]:
    """White space around it does not count: some libraries strip it."""
    text = text.strip()
    return hash(text), len(text)
