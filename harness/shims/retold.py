"""A step that speaks of the call as one shim got it, told anew in terms of the call as the plugin made it.

Between the two stand the steps that another shim does to the call. What cannot be told anew raises CannotCompose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from harness.lens.condition import ALWAYS, Condition
from harness.lens.step import BodyStep, Step
from harness.lens.steps.absolute import Absolute
from harness.lens.steps.copy import Copy
from harness.lens.steps.default import Default
from harness.lens.steps.names import Names
from harness.lens.steps.relative import Relative
from harness.lens.steps.set_header import SetHeader
from harness.lens.steps.status import Status
from harness.model.errors import UsageError
from harness.model.paths import Path, format_path, parse_path
from harness.model.template import decoded
from harness.shims.addressed import addressed, meet
from harness.shims.document import Learned
from harness.shims.journey import forward, origin
from harness.shims.templates import is_variable
from harness.shims.yaml_writing import step_text

_SOURCE = re.compile(r"(?P<of>query|path|request|sent)\((?P<name>.*)\)", re.DOTALL)
_OF = {"query": "query", "path": "path", "request": "header", "sent": "body"}
_FROM = {"query": "query", "path": "path", "header": "request", "body": "sent"}
_READERS = (Absolute, Copy, Names, Relative, SetHeader)
_READS_CALL = frozenset({"cut"})
"""Steps that read the call's parameters by name."""


class CannotCompose(UsageError):
    """Two shims that cannot be said as one."""

    def __init__(self, what: str) -> None:
        super().__init__(what, hint="serve the two one behind the other: each with `backfit shim serve`")


@dataclass(frozen=True)
class Fixed:
    """What a variable is in every call."""

    text: str


@dataclass(frozen=True)
class Retold:
    """`fragments`: the path's variables in the words of the plugin's path; `requests`: the steps done to the call before."""

    fragments: Mapping[str, str]
    requests: Sequence[Learned] = ()

    def steps(self, steps: Iterable[Learned]) -> list[Learned]:
        """Those that may still have something to do, in terms of the plugin's call."""
        return [told for learned in steps if (told := self._step(learned)) is not None]

    def condition(self, when: Condition) -> Condition | None:
        """The same condition, None where it never holds."""
        query: dict[str, str | bool] = {}
        path: dict[str, str | bool] = {}
        for place, wanted in [*((("query", n), w) for n, w in when.query), *((("path", n), w) for n, w in when.path)]:
            was = self._place(place)
            if was is None or isinstance(was, Fixed):
                if not _holds(was, wanted):
                    return None
            elif len(was) == _PLACE and was[0] in ("query", "path"):
                into = query if was[0] == "query" else path
                if into.setdefault(str(was[1]), wanted) != wanted:
                    return None
            else:
                raise CannotCompose(f"a condition on {format_path(place)} cannot be told of the plugin's own call")
        return replace(when, query=tuple(sorted(query.items())), path=tuple(sorted(path.items())))

    def _step(self, learned: Learned) -> Learned | None:
        when = self.condition(learned.step.when)
        if when is None:
            return None
        step = replace(learned.step, when=when)
        if step.name in _READS_CALL and self.requests:
            raise CannotCompose(f"`{step_text(step)}` reads the call, which the other shim edits")
        if isinstance(step, _READERS) and step.from_:
            found = self._source(step, step.from_)
            return None if found is None else replace(learned, step=found)
        return replace(learned, step=step)

    def _source(self, step: Copy | Names | SetHeader | Absolute | Relative, text: str) -> Step | None:
        """The step with what its source is called now; None where there never is anything."""
        inner, around = _within(text)
        found = _SOURCE.fullmatch(inner)
        if found is None:
            return step
        name = found["name"].lower() if found["of"] == "request" else found["name"]
        place = ("body", *parse_path(name)) if found["of"] == "sent" else (_OF[found["of"]], name)
        was = self._place(place)
        if was is None:
            return None
        if isinstance(was, Fixed):
            return _constant(step, was.text)
        said = format_path(was[1:]) if was[0] == "body" else str(was[1])
        return replace(step, from_=around.format(f"{_FROM[str(was[0])]}({said})"))

    def _place(self, place: Path) -> Path | Fixed | None:
        """Where in the plugin's own call a place of the later call came from; None where the later call never has it."""
        if place[0] == "path":
            fragment = self.fragments.get(str(place[1]))
            if fragment is None:
                return None
            name = is_variable(fragment)
            if name is None and "{" in fragment:
                raise CannotCompose(f"{{{place[1]}}} is a part of what the plugin's path has")
            if name is None:
                return Fixed(decoded(fragment))
            place = ("path", name)
        for learned in reversed(self.requests):
            step = learned.step
            came, left = origin([learned], place), forward(step, place)
            if not came.by and left == place:
                continue
            if step.when != ALWAYS or came.changed or came.place is None:
                raise CannotCompose(f"{format_path(place)} of the later call is made by `{step_text(step)}`")
            if not came.by:
                return None  # left out, or called otherwise
            place = came.place
        return place


_PLACE = 2


def received_again(steps: Sequence[Learned], before: Sequence[Learned]) -> list[Learned]:
    """Steps that read the answer as it came to them (`received($.a)`), told of one that `before` was done to first.

    What one reads is still there, or the step goes to the front of those that edit it, where nothing minds.
    """
    told: list[Learned] = []
    for learned in steps:
        step = learned.step
        at = len(told)
        if before and isinstance(step, _READERS) and "received(" in step.from_:
            inner, around = _within(step.from_)
            place = inner.removeprefix("received(")[:-1]
            at = next((at for at, each in enumerate(told) if _edits(each.step, parse_path(place))), len(told))
            if not all(_lets_pass(each.step, step) for each in told[at:]):
                raise CannotCompose(f"`{step_text(step)}` reads what the other shim makes, and is edited since")
            learned = replace(learned, step=replace(step, from_=around.format(place)))
        told.insert(at, learned)
    return told


def _edits(step: Step, place: Path) -> bool:
    return any(meet(at, place) for at in addressed(step))


def _lets_pass(step: Step, reader: Step) -> bool:
    """Whether a step does the same behind another one that only reads what it edits."""
    if step.when.body or step.sources() or (isinstance(step, Status) and reader.when.status):
        return False
    made = [*addressed(reader)] if isinstance(reader, BodyStep) else []
    return not any(_edits(step, place) for place in made)


def _within(text: str) -> tuple[str, str]:
    """A source less `keys(…)` or `count(…)` around it, and what is around it."""
    for word in ("keys", "count"):
        if text.startswith(f"{word}("):
            return text[len(word) + 1 : -1], word + "({})"
    return text, "{}"


def _holds(was: Fixed | None, wanted: str | bool) -> bool:
    if isinstance(wanted, bool):
        return (was is not None) is wanted
    return was is not None and was.text == wanted


def _constant(step: Step, text: str) -> Step:
    if isinstance(step, Copy) and not step.using:
        return Default(at=step.at, key=step.to, value=text, when=step.when)
    if isinstance(step, SetHeader):
        return SetHeader(header=step.header, value=text, when=step.when)
    raise CannotCompose(f"`{step_text(step)}` reads a part of the path that is always {text!r}")


def moved_into(steps: Sequence[Learned], fragments: Mapping[str, str]) -> list[Learned]:
    """Steps on a request document whose path has other names for the variables."""
    return [replace(each, step=_in_path(each.step, fragments)) for each in steps]


def _in_path(step: Step, fragments: Mapping[str, str]) -> Step:
    if not isinstance(step, BodyStep) or step.at[:1] != ("path",):
        return step
    names = {name: is_variable(text) for name, text in fragments.items()}
    if all(name == new for name, new in names.items()):
        return step
    new = names.get(str(step.at[1])) if len(step.at) > 1 else None
    if new is None:
        raise CannotCompose(
            f"`{step_text(step)}` edits a part of the path that has no name of its own in the plugin's path"
        )
    return step.moved(("path", new, *step.at[2:]))
