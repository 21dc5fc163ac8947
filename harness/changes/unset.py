"""What one version leaves out where it is unset, and the other writes out: `note: ""`, `tags: []`."""

from __future__ import annotations

from dataclasses import replace

from harness.lens.answer import Answer
from harness.lens.condition import ALWAYS, Condition, is_value
from harness.lens.form import form_at
from harness.lens.places import Edit
from harness.lens.step import BodyStep
from harness.lens.steps.drop import Drop
from harness.model.json_text import Json
from harness.model.paths import Path, Wild, format_path, parse_path


def is_unset(value: Json) -> bool:
    """Whether a value says nothing: null, false, 0, "", [] or {}."""
    return not value


def only_unset(step: Drop, value: Json) -> Drop:
    """The step, which drops one member, only where the member is that unset value."""
    if value is None:
        return replace(step, only_null=True)
    near = _near(step.at)
    place = format_path((*near, step.keys[0]))
    where = place if near == step.at else f"@{place[1:]}"
    form = "empty" if isinstance(value, (list, dict)) else is_value(value)
    return step.conditioned(step.when.and_(Condition(body=((where, form),))))


def edit_of(step: BodyStep) -> Edit:
    """The step's edit of one value at its place, only where the value has the form that its condition asks for."""
    edit = step.edit()
    if step.when == ALWAYS:
        return edit
    near = _near(step.at)
    tests = [
        form_at(format_path(parse_path(f"${place[1:]}")[len(near) :]), form)
        for place, form in step.when.body
        if parse_path(f"${place[1:]}")[: len(near)] == near
    ]

    def guarded(value: Json, answer: Answer) -> Json:
        return edit(value, answer) if all(test(value) for test in tests) else value

    return guarded


def _near(at: Path) -> Path:
    """What follows the last `[*]` or `.*` of a path: all of it where there is none."""
    wild = max((position for position, part in enumerate(at) if isinstance(part, Wild)), default=-1)
    return at[wild + 1 :]
