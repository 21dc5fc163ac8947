"""Walking to the places that a path names, compiled once: a shim is applied to every answer of a system."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_not

from harness.lens.answer import ABSENT, Answer
from harness.model.json_text import Json
from harness.model.paths import ANY, EACH, Path, Wild, parse_path

Edit = Callable[[Json, Answer], Json]
"""(value, answer) -> the new value; the very same object means: this place does not fit, leave it."""

Walk = Callable[[Json, Answer], None]


def editor(path: Path, edit: Edit) -> Callable[[Answer], None]:
    """A function that edits each value at `path` of an answer's body in place and counts the changes in `answer.edits`."""
    if not path:

        def whole(answer: Answer) -> None:
            if answer.body is not ABSENT:
                answer.body = _edited(answer.body, answer, edit)

        return whole
    walk = walker(path, edit)

    def inside(answer: Answer) -> None:
        walk(answer.body, answer)

    return inside


def parse_place(text: str) -> Path:
    """The path that `text` says. Raises ValueError where it is none, or names more than one place."""
    path = parse_path(text)
    if any(isinstance(step, Wild) for step in path):
        raise ValueError(f"{text} names many places; one is needed")
    return path


def get(value: Json, path: Path) -> Json:
    """The value at a path without wildcards, else ABSENT."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step, ABSENT)
        elif isinstance(value, list) and isinstance(step, int) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return ABSENT
    return value


def values_at(value: Json, path: Path) -> list[Json]:
    """Every value that a path with wildcards names, in document order."""
    found = [value]
    for step in path:
        if step is EACH:
            found = [item for each in found if isinstance(each, list) for item in each]
        elif step is ANY:
            found = [item for each in found if isinstance(each, dict) for item in each.values()]
        else:
            found = [item for each in found if (item := get(each, (step,))) is not ABSENT]
    return found


def _edited(value: Json, answer: Answer, edit: Edit) -> Json:
    result = edit(value, answer)
    if result is not value:
        answer.edits += 1
    return result


def walker(path: Path, edit: Edit) -> Walk:
    """A function that does the same to the values at a path, of one step or more, inside any value."""
    step, rest = path[0], path[1:]
    if step is EACH:
        if len(rest) == 1 and isinstance(rest[0], str):
            return _each_member(rest[0], edit)
        return _each_last(edit) if not rest else _each(walker(rest, edit))
    if step is ANY:
        return _any_last(edit) if not rest else _any(walker(rest, edit))
    if isinstance(step, str):
        return _member_last(step, edit) if not rest else _member(step, walker(rest, edit))
    assert isinstance(step, int)
    return _index_last(step, edit) if not rest else _index(step, walker(rest, edit))


def _member(name: str, walk: Walk) -> Walk:
    def visit(value: Json, answer: Answer) -> None:
        if isinstance(value, dict) and name in value:
            walk(value[name], answer)

    return visit


def _member_last(name: str, edit: Edit) -> Walk:
    def visit(value: Json, answer: Answer) -> None:
        if isinstance(value, dict) and name in value:
            value[name] = _edited(value[name], answer, edit)

    return visit


def _each(walk: Walk) -> Walk:
    def visit(value: Json, answer: Answer) -> None:
        if isinstance(value, list):
            for item in value:
                walk(item, answer)

    return visit


def _each_last(edit: Edit) -> Walk:
    def visit(value: Json, answer: Answer) -> None:
        if isinstance(value, list):
            edited = [edit(item, answer) for item in value]
            answer.edits += sum(map(is_not, edited, value))
            value[:] = edited

    return visit


def _each_member(name: str, edit: Edit) -> Walk:
    """What most steps want, in one loop."""

    def visit(value: Json, answer: Answer) -> None:
        if isinstance(value, list):
            for item in value:
                if isinstance(item, dict) and name in item:
                    member = item[name]
                    edited = edit(member, answer)
                    if edited is not member:
                        item[name] = edited
                        answer.edits += 1

    return visit


def _any(walk: Walk) -> Walk:
    def visit(value: Json, answer: Answer) -> None:
        if isinstance(value, dict):
            for item in value.values():
                walk(item, answer)

    return visit


def _any_last(edit: Edit) -> Walk:
    def visit(value: Json, answer: Answer) -> None:
        if isinstance(value, dict):
            for key in value:
                value[key] = _edited(value[key], answer, edit)

    return visit


def _index(position: int, walk: Walk) -> Walk:
    def visit(value: Json, answer: Answer) -> None:
        if isinstance(value, list) and -len(value) <= position < len(value):
            walk(value[position], answer)

    return visit


def _index_last(position: int, edit: Edit) -> Walk:
    def visit(value: Json, answer: Answer) -> None:
        if isinstance(value, list) and -len(value) <= position < len(value):
            value[position] = _edited(value[position], answer, edit)

    return visit
