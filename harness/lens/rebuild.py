"""Copies of JSON values: what a step puts into an answer shares no list or object with anything that a later step edits."""

from __future__ import annotations

from collections.abc import Callable

from harness.model.json_text import Json

Members = dict[str, Json]


def rebuilt(value: Json, of_object: Callable[[Members], Members] = dict) -> Json:
    """A copy, to any depth. `of_object` gives the members of each object's copy, whose values are copied in turn."""
    top: list[Json] = [value]
    waiting: list[tuple[Json, str | int]] = [(top, 0)]
    while waiting:
        holder, place = waiting.pop()
        inner = holder[place]
        if isinstance(inner, dict):
            copied = holder[place] = of_object(inner)
            waiting += ((copied, key) for key, item in copied.items() if isinstance(item, (dict, list)))
        elif isinstance(inner, list):
            holder[place] = elements = list(inner)
            waiting += ((elements, at) for at, item in enumerate(elements) if isinstance(item, (dict, list)))
    return top[0]
