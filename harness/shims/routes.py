"""A shim's entries ready to run: which calls each knows, in OLD's form and in NEW's, and its steps as functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import unquote

from harness.lens.answer import Answer, Call
from harness.lens.request import call_of, document_of, edited, rewritten
from harness.lens.rows import compiled, together
from harness.lens.source import received_place
from harness.lens.step import Apply, BodyStep
from harness.lens.steps.refuse import Refuse
from harness.model.exchange import Request
from harness.model.template import PathTemplate, decoded
from harness.shims.choices import chosen
from harness.shims.document import Entry, Learned


@dataclass(frozen=True)
class Ready:
    """Steps ready to run together, and one by one; `on_body` says whether their edits are edits of the body."""

    each: tuple[tuple[Learned, Apply], ...]
    apply: Apply
    on_body: bool


@dataclass(frozen=True)
class Route:
    """An entry ready to run. `old` matches the call as the plugin makes it, `new` (with its method) as NEW gets it.

    `request` turns the call into NEW's form, `undo` back, as far as that can be done.
    """

    entry: Entry
    old: PathTemplate
    new: PathTemplate | None
    new_method: str
    holds: Callable[[Answer], bool]
    rewritable: Callable[[Answer], bool]
    request: tuple[Apply, ...]
    undo: tuple[Apply, ...]
    steps: tuple[Ready, ...]
    received: tuple[str, ...]

    @property
    def rewrites(self) -> bool:
        """Whether NEW gets another request than the plugin sent."""
        return self.new is not None or bool(self.request)

    def forward(self, request: Request) -> Request:
        """The request in NEW's form; as it is where it does not fit."""
        raw = self.old.raw(request.path)
        if raw is None:
            return request
        values = _decoded(raw)
        document = edited(document_of(request, values), self.request, call_of(request, values))
        return rewritten(request, raw, document, self.new or self.old, self.new_method or request.method)

    def backward(self, request: Request) -> Request | None:
        """The request in OLD's form, of one in NEW's; None where it is not one that this entry makes."""
        template = self.new or self.old
        raw = template.raw(request.path) if request.method == (self.new_method or self.entry.method) else None
        if raw is None:
            return None
        values = _decoded(raw)
        document = edited(document_of(request, values), self.undo, call_of(request, values))
        asked = rewritten(request, raw, document, self.old, self.entry.method)
        return asked if self.old.raw(asked.path) is not None else None

    def call(self, request: Request) -> Call | None:
        """The call, where it is made in OLD's form; None where it is another."""
        values = self.old.match(request.path) if request.method == self.entry.method else None
        return None if values is None else call_of(request, values, unquote(request.path))

    def goes(self, call: Call) -> bool:
        """Whether the call is asked where this entry says: always where it says nothing of it."""
        return self.new is None or self.rewritable(Answer(0, [], call=call))

    def sent(self, request: Request) -> Call | None:
        """The call in OLD's terms, where it has the form in which NEW got it: that need not tell all that OLD's did."""
        values = self.new.match(request.path) if self.new and request.method == self.new_method else None
        if values is None:
            return None
        unsaid = dict.fromkeys(self.old.variables, "")
        return replace(call_of(request, values, self.old.fill(unsaid | values)), method=self.entry.method)


def _decoded(raw: Mapping[str, str]) -> dict[str, str]:
    return {name: decoded(value) for name, value in raw.items()}


def holding(matching: Sequence[tuple[Route, Call]], answer: Answer) -> list[Route]:
    """Of the first operation, the entries that hold for the answer, which then has its call."""
    found: list[Route] = []
    for route, call in matching:
        if found and (route.old.text, route.entry.forward) != (found[0].old.text, found[0].entry.forward):
            break
        answer.call = call
        if route.holds(answer):
            found.append(route)
    return found


def route_of(entry: Entry) -> Route:
    """The entry with its steps compiled. Raises ValueError where a step is not what it should be."""
    method, _, path = entry.forward.partition(" ")
    return Route(
        entry,
        PathTemplate(entry.template),
        PathTemplate(path) if path else None,
        method,
        entry.when.test(),
        (lambda answer: False) if entry.rewrite is None else entry.rewrite.of_call().test(),
        tuple(learned.step.compile() for learned in entry.request),
        tuple(undo.compile() for learned in reversed(entry.request) if (undo := learned.step.inverse()) is not None),
        tuple(compiled_steps((*entry.response, *chosen(entry)))),
        sources_of(entry.response),
    )


def rank(route: Route) -> tuple[object, ...]:
    """The most specific first; an entry with a condition before one without."""
    literal = max(route.old.literal, route.new.literal if route.new else 0)
    return (-literal, len(route.old.variables), -_narrow(route), route.old.text, route.entry.forward)


def old_rank(route: Route, *, goes: bool = True) -> tuple[object, ...]:
    """The same for a call in OLD's form; of two that know it as well, the one that says where it goes."""
    return (-route.old.literal, len(route.old.variables), -_narrow(route), not goes, not route.rewrites)


def _narrow(route: Route) -> int:
    return len(route.entry.when.query) + len(route.entry.when.path) + bool(route.entry.discriminator)


def compiled_steps(steps: Sequence[Learned]) -> list[Ready]:
    """The steps in order, those that can be done together as one."""
    waiting = iter(steps)
    ready = []
    for run in together([learned.step for learned in steps]):
        each = tuple((learned, learned.step.compile()) for learned in islice(waiting, len(run)))
        ready.append(Ready(each, compiled(run), isinstance(run[0], (BodyStep, Refuse))))
    return ready


def sources_of(steps: Sequence[Learned]) -> tuple[str, ...]:
    """What the steps read of the body as NEW sent it."""
    named = [source for learned in steps for source in learned.step.sources()]
    return tuple(dict.fromkeys(source for source in named if received_place(source) is not None))
