"""The shape of a step, its registry, and its form in a shim file: `- rename: {at: $.items[*], from: a, to: b}`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self

from harness.lens.answer import Answer
from harness.lens.condition import ALWAYS, Condition
from harness.lens.places import Edit, editor
from harness.model.json_text import Json
from harness.model.paths import Path, format_path, parse_path

Apply = Callable[[Answer], None]


class Loss(StrEnum):
    """`iso`: the inverse brings everything back; `restorable`: it needs a remembered value; `lost`: it cannot."""

    ISO = "iso"
    RESTORABLE = "restorable"
    LOST = "lost"


class StepError(ValueError):
    """A step in a shim file that cannot be what it says; the text names the key."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One edit of an answer. Subclasses are frozen dataclasses whose fields are what stands in the shim file."""

    name: ClassVar[str]
    loss: ClassVar[Loss] = Loss.ISO
    when: Condition = ALWAYS

    def compile(self) -> Apply:
        """The step as a function that edits an answer in place, does nothing where the answer does not fit, never raises."""
        raise TypeError(f"{type(self).__name__} does not say how it is applied")

    def inverse(self) -> Step | None:
        """The step that undoes this one, or None."""
        return None

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
            if field.name == "when":
                continue
            if value == field.default:
                continue
            written[field.name.rstrip("_")] = format_path(value) if field.type == "Path" else _plain(value)
        if self.when is not ALWAYS:
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
        return self.when.guard(editor(self.at, self.edit()))

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


def read_step(written: Mapping[str, Any]) -> Step:
    """The step that `{name: parameters}` says. Raises StepError naming the key that is wrong."""
    if not isinstance(written, Mapping) or len(written) != 1:
        raise StepError("a step is written as `name: {parameters}`")
    [(name, parameters)] = written.items()
    kind = step_types().get(name)
    if kind is None:
        raise StepError(f"unknown step {name!r}; known: {', '.join(step_types())}")
    if not isinstance(parameters, Mapping):
        raise StepError(f"the parameters of {name!r} are a mapping")
    known = {field.name.rstrip("_"): field for field in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in parameters.items():
        if key not in known:
            raise StepError(f"unknown key {key!r} in {name!r}; known: {', '.join(known)}")
        values[known[key].name] = _read_field(known[key].type, value, f"{name}.{key}")
    try:
        return kind(**values)
    except (TypeError, ValueError) as error:
        raise StepError(f"{name}: {error}") from error


def _read_field(kind: Any, value: Any, where: str) -> Any:
    try:
        if kind == "Path":
            return parse_path(value)
        if kind == "Condition":
            return Condition.read(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise StepError(f"{where}: {error}") from error
    wanted = {"str": str, "int": int, "bool": bool}.get(kind)
    if wanted is not None and type(value) is not wanted:
        raise StepError(f"{where}: {value!r} is not a {kind}")
    return _frozen(value) if str(kind).startswith("tuple") else value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _plain(value: Any) -> Json:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
