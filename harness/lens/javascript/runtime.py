"""The JavaScript runtime of the steps, and steps as the data that it takes: parsed here, so that no text is code there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import Any

from harness.lens.condition import Condition
from harness.lens.form import Form, Is
from harness.lens.places import parse_place
from harness.lens.step import Step
from harness.lens.steps.refuse import Refuse
from harness.model.json_text import Json, serialize
from harness.model.paths import Path, Wild, format_path, parse_path

_FILES = (
    *("json_text", "answers", "conditions", "numbers", "moments", "conversions"),
    *("windows", "members", "lists", "scalars", "steps"),
)
"""In this order: each stands on those before it."""
_CALL = re.compile(r"(\w+)\((.*)\)", re.DOTALL)
_BARE = {"@": "beside", "$": "body"}


@cache
def runtime() -> str:
    """The runtime's declarations, for the inside of a function: `compile(step)`, `Answer`, `parse`, `serialize` and the rest."""
    folder = files(__package__)
    return "".join(folder.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in _FILES)


def step_data(step: Step) -> dict[str, Json]:
    """A step as the runtime's `compile` takes it: every parameter, paths and sources parsed, JSON values as their text."""
    data: dict[str, Json] = {"name": step.name}
    for field in fields(step):
        value = getattr(step, field.name)
        is_source = field.name == "from_" and step.sources()
        data[field.name.rstrip("_")] = source_data(value) if is_source else _TOLD.get(str(field.type), _as_it_is)(value)
    return data | {"place": format_path((*step.at, step.key))} if isinstance(step, Refuse) else data


def condition_data(when: Condition) -> dict[str, Json]:
    """A condition as the runtime takes it; `near` marks what is asked of an element."""
    return {
        "status": when.status,
        "content_type": when.content_type,
        "query": [list(pair) for pair in when.query],
        "path": [list(pair) for pair in when.path],
        "body": [_form_data(place, form) for place, form in when.body],
    }


def source_data(source: str) -> dict[str, Json]:
    """A source (see harness.lens.source, which has checked it) as the runtime takes it."""
    if source[0] in _BARE:
        return {"kind": _BARE[source[0]], "path": path_data(parse_place("$" + source[1:]))}
    call = _CALL.fullmatch(source)
    assert call is not None
    function, argument = call.groups()
    if function in ("received", "sent"):
        return {"kind": function, "path": path_data(parse_place(argument))}
    if function in ("keys", "count"):
        return {"kind": function, "of": source_data(argument)}
    if function == "called":
        name, _, inner = argument.partition(", ")
        return {"kind": function, "name": name, "of": source_data(inner)}
    return {"kind": function, "name": argument}


def path_data(path: Path) -> list[Json]:
    """Names and indices as they are, a wildcard as `{"wild": "each"}` or `{"wild": "any"}`."""
    return [{"wild": step.name.lower()} if isinstance(step, Wild) else step for step in path]


def _form_data(place: str, form: Form) -> dict[str, Json]:
    told = {"is": form.text} if isinstance(form, Is) else form
    return {"near": place.startswith("@"), "path": path_data(parse_path(f"${place[1:]}")), "form": told}


def _text(value: Json) -> str:
    return serialize(value).decode()


def _as_it_is(value: Any) -> Json:
    return list(value) if isinstance(value, tuple) else value


_TOLD: Mapping[str, Callable[[Any], Json]] = {
    "Path": path_data,
    "Condition": condition_data,
    "Json": _text,
    "tuple[Json, ...]": lambda values: [_text(value) for value in values],
    "tuple[tuple[Json, Json], ...]": lambda rows: [[_text(new), _text(old)] for new, old in rows],
}
