"""Edits of one place inside an element of a list or a map, for conditions that look at the element (`@.kind`)."""

from __future__ import annotations

from collections.abc import Callable

from harness.lens.answer import ABSENT, Answer
from harness.lens.places import Edit, get
from harness.model.json_text import Json
from harness.model.paths import Path


def where(holds: Callable[[Json], bool], edit: Edit) -> Edit:
    """`edit`, only of values that the condition holds for."""
    return lambda value, answer: edit(value, answer) if holds(value) else value


def inside(path: Path, edit: Edit) -> Edit:
    """The edit of a whole value that edits what stands at `path` in it, a path without wildcards; pure like `edit`."""
    if not path:
        return edit

    def edit_inside(value: Json, answer: Answer) -> Json:
        found = get(value, path)
        if found is ABSENT:
            return value
        edited = edit(found, answer)
        return value if edited is found else _placed(value, path, edited)

    return edit_inside


def _placed(value: Json, path: Path, item: Json) -> Json:
    """A copy of the containers down to `path`, which exists, with `item` there."""
    if not path:
        return item
    step = path[0]
    copied = value.copy()
    copied[step] = _placed(value[step], path[1:], item)
    return copied
