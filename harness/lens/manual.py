"""What each step means, its parameters, and each conversion by an example: for a person, and for whoever writes an emitter."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from inspect import cleandoc

from harness.lens.conversions import CONVERSIONS
from harness.lens.step import BodyStep, Step, step_types
from harness.model.json_text import Json

_WORDS: Mapping[str, str] = {
    "Path": "path",
    "Condition": "condition",
    "str": "text",
    "int": "integer",
    "bool": "true or false",
    "Json": "any value",
    "tuple[str, ...]": "list of texts",
    "tuple[Json, ...]": "list of values",
    "tuple[tuple[Json, Json], ...]": "list of pairs",
}


@dataclass(frozen=True)
class Parameter:
    """`kind` in words; `needed`: it has no default."""

    key: str
    kind: str
    needed: bool


@dataclass(frozen=True)
class Page:
    """`title` is one line, `meaning` the whole; `on_body`: it edits the body at its parameter `at`."""

    name: str
    title: str
    meaning: str
    parameters: tuple[Parameter, ...]
    on_body: bool


@dataclass(frozen=True)
class Example:
    """A conversion: what it makes of one value, whether nothing is lost, and the conversion that undoes it ("" for none)."""

    name: str
    value: Json
    becomes: Json
    exact: bool
    back: str


def manual() -> Mapping[str, Page]:
    """A page for each step, by its name."""
    return {name: _page(name, kind) for name, kind in step_types().items()}


def conversions() -> tuple[Example, ...]:
    """An example of each conversion that `using` may name."""
    return tuple(Example(each.name, *each.example, exact=each.exact, back=each.back) for each in CONVERSIONS.values())


def _page(name: str, kind: type[Step]) -> Page:
    module = cleandoc(sys.modules[kind.__module__].__doc__ or "")
    known = [
        Parameter(field.name.rstrip("_"), _WORDS[str(field.type)], field.default is MISSING) for field in fields(kind)
    ]
    needed_first = sorted(known, key=lambda parameter: (parameter.key == "when", not parameter.needed))
    return Page(
        name,
        module.partition("\n")[0].removeprefix(f"`{name}`: "),
        cleandoc(kind.__doc__ or ""),
        tuple(needed_first),
        issubclass(kind, BodyStep),
    )
