"""The shape of a step, its registry, and its form in a shim file: `- rename: {at: $.items[*], from: a, to: b}`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, replace
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self

from harness.lens.answer import Answer
from harness.lens.condition import ALWAYS, Condition
from harness.lens.element import inside, where
from harness.lens.parameters import READERS
from harness.lens.places import Edit, editor
from harness.lens.rebuild import rebuilt
from harness.model.json_text import Json
from harness.model.paths import Path, Wild, format_path

Apply = Callable[[Answer], None]


class Loss(StrEnum):
    """`iso`: the inverse brings everything back at each place that was edited, whichever of the two comes first, but for the
    order of members and of headers and the letter case of a header's name; `restorable`: the inverse, if there is one, brings
    back only part; `lost`: what goes is gone.
    """

    ISO = "iso"
    RESTORABLE = "restorable"
    LOST = "lost"


class StepError(ValueError):
    """A step in a shim file that cannot be what it says; the text names the key."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One edit of an answer. Subclasses are frozen dataclasses whose fields are what stands in the shim file."""

    name: ClassVar[str]
    when: Condition = ALWAYS

    @property
    def loss(self) -> Loss:
        """What the step loses, as its parameters are."""
        return Loss.ISO

    def compile(self) -> Apply:
        """The step as a function that edits an answer in place, does nothing where the answer does not fit, never raises."""
        raise TypeError(f"{type(self).__name__} does not say how it is applied")

    def inverse(self) -> Step | None:
        """The step that undoes this one. None where there is none, or where only NEW's body tells when it is due."""
        return None if self.when.body else self.undo()

    def undo(self) -> Step | None:
        """The inverse as far as the step's own parameters say it; for `inverse` to give."""
        return None

    def sources(self) -> tuple[str, ...]:
        """What it reads besides the values that it edits (see harness.lens.source)."""
        return ()

    def conditioned(self, when: Condition) -> Self:
        """The same step, only where `when` holds."""
        return replace(self, when=when)

    def describe(self) -> str:
        """One line for a person."""
        return f"{self.name} " + ", ".join(f"{key} {value}" for key, value in self.parameters().items())

    def parameters(self) -> dict[str, Any]:
        """The fields that differ from their defaults, as they stand in a shim file."""
        written: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name != "when" and not (type(value) is type(field.default) and value == field.default):
                written[_key(field)] = format_path(value) if field.type == "Path" else _plain(value)
        if self.when != ALWAYS:
            written["when"] = self.when.parameters()
        return written


@dataclass(frozen=True, kw_only=True)
class BodyStep(Step):
    """A step on the values at one path of the body. `edit` is pure: it never changes the value that it is given."""

    at: Path = ()

    def edit(self) -> Edit:
        """A function (value, answer) -> new value, or the very same object where the step does not fit."""
        raise TypeError(f"{type(self).__name__} does not say how it edits a value")

    def compile(self) -> Apply:
        """Walk to `at`, edit each value there, count what changed."""
        near = self.when.near()
        if near is None:
            return self.when.guard(editor(self.at, self.edit()))
        element = 1 + max((level for level, step in enumerate(self.at) if isinstance(step, Wild)), default=-1)
        edit = where(near, inside(self.at[element:], self.edit()))
        return self.when.far().guard(editor(self.at[:element], edit))

    def moved(self, at: Path) -> Self:
        """The same step at another place."""
        return replace(self, at=at)


@cache
def step_types() -> Mapping[str, type[Step]]:
    """Every step by its name: the classes found in `harness.lens.steps`."""
    package = importlib.import_module("harness.lens.steps")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    found: dict[str, type[Step]] = {}
    waiting: list[type[Step]] = [Step]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if "name" in vars(kind):
            found[kind.name] = kind
    return dict(sorted(found.items()))


def write_step(step: Step) -> dict[str, Any]:
    """The step as it stands in a shim file."""
    return {step.name: step.parameters()}


def read_step(written: object) -> Step:
    """The step that `{name: parameters}` says. Raises StepError naming the key that is wrong."""
    if not isinstance(written, Mapping) or len(written) != 1:
        raise StepError("a step is written as `name: {parameters}`")
    [(name, parameters)] = written.items()
    kind = step_types().get(name)
    if kind is None:
        raise StepError(f"unknown step {name!r}; known: {', '.join(step_types())}")
    if not isinstance(parameters, Mapping):
        raise StepError(f"the parameters of {name!r} are a mapping")
    known = {_key(field): field for field in fields(kind)}
    if unknown := [key for key in parameters if key not in known]:
        raise StepError(f"unknown key {unknown[0]!r} in {name!r}; known: {', '.join(known)}")
    if lacking := [key for key, field in known.items() if field.default is MISSING and key not in parameters]:
        raise StepError(f"{name!r} lacks {', '.join(lacking)}")
    values = {known[key].name: _read(known[key].type, value, f"{name}.{key}") for key, value in parameters.items()}
    try:
        return kind(**values)
    except ValueError as error:
        raise StepError(f"{name}: {error}") from error


def _read(kind: Any, value: object, where: str) -> Any:
    try:
        return READERS[kind](value)
    except ValueError as error:
        raise StepError(f"{where}: {error}") from error


def _key(field: Field[Any]) -> str:
    return field.name.rstrip("_")


def _plain(value: Any) -> Json:
    return [_plain(item) for item in value] if isinstance(value, tuple) else rebuilt(value)
