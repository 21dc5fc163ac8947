"""What a step puts into an answer is the answer's own and has a size, so that no shim file, however made, fills the memory."""

from __future__ import annotations

from harness.lens.answer import ABSENT, VALUE, Answer
from harness.lens.rebuild import rebuilt
from harness.model.json_text import Json, WrittenFloat

_LIGHT = (type(None), bool, int, float)
"""Types whose values take no room of their own."""


def own_copy(value: Json, answer: Answer) -> Json:
    """A copy that shares nothing with `value`; ABSENT where the answer has no room left for it."""
    if isinstance(value, str):
        return value if answer.takes(len(value)) else ABSENT
    return rebuilt(value) if answer.takes(size_of(value)) else ABSENT


def size_of(value: Json) -> int:
    """About as many characters as the value's JSON text has, VALUE at least for each value in a list or an object."""
    size = 0
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            size += len(item)
        elif isinstance(item, WrittenFloat):
            size += len(item.text)
        elif isinstance(item, dict):
            size += sum(map(len, item)) + VALUE * len(item)
            waiting += item.values()
        elif isinstance(item, list):
            size += VALUE * len(item)
            waiting += item
    return size
