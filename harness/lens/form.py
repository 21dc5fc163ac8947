"""What a condition may ask of a value: a JSON type, or that it is one very scalar (a discriminator's value)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.lens.answer import ABSENT
from harness.lens.places import get, values_at
from harness.model.json_text import Json, WrittenFloat, parse, serialize
from harness.model.paths import Wild, format_path, parse_path

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "null": type(None),
    "boolean": bool,
    "number": (int, float),
    "string": str,
    "array": list,
    "object": dict,
}
TYPES = tuple(_TYPES)
"""JSON's own words for the types of its values."""

_SCALAR = ("null", "boolean", "number", "string")
_WORDS = (*TYPES, "scalar", "empty", "missing")

_NAMES = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}


@dataclass(frozen=True)
class Is:
    """Just this scalar, as it is written: 1, 1.0, "1" and true are four. `text` is its JSON text."""

    text: str


ValueTest = Callable[[Json], bool]
Form = str | Is
"""One of TYPES, `scalar` (none of array and object), `empty` (an array or an object of nothing), `missing`; or a value."""


def json_type(value: Json) -> str:
    """One of TYPES; `missing` for ABSENT."""
    if value is ABSENT:
        return "missing"
    return _NAMES.get(type(value)) or next(name for name, types in _TYPES.items() if isinstance(value, types))


def form_test(form: Form) -> ValueTest:
    """The form as a function of a value, ABSENT among them."""
    if isinstance(form, Is):
        text = form.text.encode()
        return lambda value: json_type(value) in _SCALAR and serialize(value) == text
    if form == "scalar":
        return lambda value: json_type(value) in _SCALAR
    if form == "empty":
        return lambda value: isinstance(value, (list, dict)) and not value
    return lambda value: json_type(value) == form


def form_at(place: str, form: Form) -> ValueTest:
    """Whether what stands at the place (`$…`, `@…`) of a value has the form; of many places, what stands at each."""
    path, test = parse_path(f"${place[1:]}"), form_test(form)
    if any(isinstance(step, Wild) for step in path):
        return lambda value: all(test(found) for found in values_at(value, path))
    return lambda value: test(get(value, path))


def read_place(text: str) -> str:
    """The place as `format_path` writes it. Raises ValueError where it is none."""
    if text.startswith("@"):
        return "@" + format_path(parse_path(f"${text[1:]}"))[1:]
    return format_path(parse_path(text))


def implies(form: Form, other: Form) -> bool:
    """Whether whatever has the one form has the other too."""
    if isinstance(form, Is) and isinstance(other, str):
        return form_test(other)(parse(form.text.encode()))
    return form == other or (other == "scalar" and form in _SCALAR)


def write_form(form: Form) -> Json:
    """As it stands in a shim file: a word, or `{is: value}`."""
    return {"is": parse(form.text.encode())} if isinstance(form, Is) else form


def read_form(written: object) -> Form:
    """From a shim file. Raises ValueError naming what is wrong."""
    if isinstance(written, str) and written in _WORDS:
        return written
    if isinstance(written, Mapping) and set(written) == {"is"}:
        return is_value(written["is"])
    raise ValueError(f"{written!r} is not a JSON type; known: {', '.join(_WORDS)}, or {{is: value}}")


def is_value(value: Json) -> Is:
    """The form of just this scalar. Raises ValueError for a list, an object and what is no JSON."""
    if not is_scalar(value):
        raise ValueError(f"{value!r} is no scalar")
    return Is(serialize(value).decode())


def is_scalar(value: object) -> bool:
    """Whether JSON has a scalar for it: no infinity that was not written as a number, and no NaN."""
    if isinstance(value, float) and not isinstance(value, WrittenFloat):
        return math.isfinite(value)
    return value is None or isinstance(value, (bool, int, float, str))
