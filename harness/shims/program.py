"""A shim compiled once: it finds what it knows of a call and turns NEW's answer back into OLD's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from http.client import responses
from itertools import chain, islice
from types import MappingProxyType
from urllib.parse import unquote

from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.request import call_of, document_of, edited, rewritten
from harness.lens.rows import compiled, together
from harness.lens.source import keep_received, received_place
from harness.lens.step import Apply, BodyStep
from harness.lens.steps.refuse import Refuse
from harness.model.body import MISCODED, Body, Form, is_endless, read_body, written
from harness.model.exchange import Headers, Request, Response, header
from harness.model.json_text import Json, allow_depth, parse
from harness.model.template import PathTemplate, decoded
from harness.shims.choices import chosen
from harness.shims.document import Entry, Learned, Moved, Shim

DiscriminatorOf = Callable[[Request], str]

LIMIT = 64 * 1024 * 1024
"""Bytes of a body that a shim edits: as values they take some ten times as much. A larger one passes through as it is."""

_LENGTH = "content-length"
_NOTHING_CALLED: Mapping[str, Answer] = MappingProxyType({})


@dataclass(frozen=True)
class Applied:
    """`edits` counts the places that steps changed; `entries` are those of the shim that know the call."""

    response: Response
    edits: int
    entries: tuple[Entry, ...] = ()

    @property
    def known(self) -> bool:
        """Whether an entry of the shim knows the call."""
        return bool(self.entries)


@dataclass(frozen=True)
class _Ready:
    """Steps ready to run together, and one by one; `on_body` says whether their edits are edits of the body."""

    each: tuple[tuple[Learned, Apply], ...]
    apply: Apply
    on_body: bool


@dataclass(frozen=True)
class _Route:
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
    steps: tuple[_Ready, ...]
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


class Program:
    """A compiled shim. Safe to use from several threads: it keeps no state between answers."""

    def __init__(self, shim: Shim, discriminator: DiscriminatorOf) -> None:
        """Raises ValueError where a step is not what it should be."""
        allow_depth()
        self.shim = shim
        self._discriminator = discriminator
        self._routes = sorted((_route(entry) for entry in shim.entries), key=_rank)
        self._everywhere = _compiled(shim.everywhere)
        self._otherwise = _compiled(shim.otherwise)
        self._requests = tuple(learned.step.compile() for learned in shim.requests)
        self._received = _sources((*shim.everywhere, *shim.otherwise))

    @property
    def reads_requests(self) -> bool:
        """Whether a request's body decides which entry knows it."""
        return bool(self._requests) or any(route.entry.discriminator or route.request for route in self._routes)

    @property
    def knows_any(self) -> bool:
        """Whether there are steps for answers of calls that no entry knows."""
        return bool(self._otherwise or self._everywhere)

    def knows(self, request: Request) -> bool:
        """Whether an entry has steps for this call's answer, or for some of them."""
        return any(
            route.steps and (self._call(route, request, _Route.call) or self._call(route, request, _Route.sent))
            for route in self._routes
        )

    def forward(self, request: Request) -> Request:
        """The request as NEW wants it: edited and moved as the most specific entry that knows it says, else as it is."""
        asked = [(route, call) for route in self._routes if (call := self._asked(route, request)) is not None]
        known = [route for route, call in asked if route.rewritable(call)]
        if asked and not known:
            return request
        route = min(known, key=_old_rank, default=None)
        moved = (
            _moved(request, self.shim.moved) if route is None else route.forward(request) if route.rewrites else request
        )
        return self._common(moved)

    def _common(self, request: Request) -> Request:
        """The request with the steps that several operations share."""
        if not self._requests:
            return request
        document = edited(document_of(request, {}), self._requests, call_of(request, {}))
        return rewritten(request, {}, document, PathTemplate(request.path), request.method)

    def as_asked(self, request: Request) -> Request:
        """The call as the plugin made it, of a request that NEW got: what `forward` turns into it; else as it is."""
        for route in self._routes:
            asked = route.backward(request) if route.rewrites else None
            if asked is None:
                continue
            again = self.forward(asked) if route.entry.rewrite is not None else route.forward(asked)
            if _alike(again, request):
                return asked
        return request

    def answer(self, request: Request, response: Response, called: Mapping[str, Answer] = _NOTHING_CALLED) -> Applied:
        """NEW's answer as OLD would have given it. Never raises for what an answer holds: what does not fit passes through.

        `called` are NEW's answers to the second calls that the entry chose, by their names.
        """
        read = read_text(response)
        answer = Answer(response.status, list(response.headers), read.value if read.is_read else ABSENT, called=called)
        routes, steps = self._chosen(request, answer)
        entries = tuple(route.entry for route in routes)
        in_body = _run(steps, answer)
        if not answer.edits:
            return Applied(response, 0, entries)
        body = written(answer.body, read.charset) if in_body else response.body
        headers = _with_length(tuple(answer.headers), len(body)) if in_body else tuple(answer.headers)
        reason = response.reason if answer.status == response.status else responses.get(answer.status, "")
        return Applied(Response(answer.status, headers, body, reason), answer.edits, entries)

    def trace(self, request: Request, response: Response) -> tuple[tuple[Learned, int], ...]:
        """What `answer` does, step by step, each with the number of places that it changes."""
        answer = Answer(response.status, list(response.headers), read_json(response))
        _, steps = self._chosen(request, answer)
        done = []
        for learned, apply in chain.from_iterable(step.each for step in steps):
            before = answer.edits
            apply(answer)
            done.append((learned, answer.edits - before))
        return tuple(done)

    def _chosen(self, request: Request, answer: Answer) -> tuple[list[_Route], list[_Ready]]:
        """The entries that know the call, and the steps for its answer; what these read of it is kept."""
        routes = self._matching(request, answer)
        keep_received(answer, [*self._received, *(source for route in routes for source in route.received)])
        steps = [step for route in routes for step in route.steps]
        if not routes or any(route.entry.otherwise for route in routes):
            steps += self._otherwise
        return routes, steps + self._everywhere

    def _matching(self, request: Request, answer: Answer) -> list[_Route]:
        """The entries that know the call in OLD's form; where none does, those by which NEW may have got it."""
        asked = self._knowing(request, _Route.call)
        if asked:
            return _holding(sorted(asked, key=lambda row: _old_rank(row[0], goes=row[0].goes(row[1]))), answer)
        return _holding(self._knowing(request, _Route.sent), answer)

    def _knowing(self, request: Request, form: Callable[[_Route, Request], Call | None]) -> list[tuple[_Route, Call]]:
        found = ((route, self._call(route, request, form)) for route in self._routes)
        return [(route, call) for route, call in found if call is not None]

    def _call(self, route: _Route, request: Request, form: Callable[[_Route, Request], Call | None]) -> Call | None:
        return form(route, request) if self._is_of(route, request) else None

    def _is_of(self, route: _Route, request: Request) -> bool:
        wanted = route.entry.discriminator
        return not wanted or wanted == self._discriminator(request)

    def _asked(self, route: _Route, request: Request) -> Answer | None:
        """The call, in OLD's form, where it is one that the entry is about."""
        call = self._call(route, request, _Route.call)
        if call is None:
            return None
        asked = Answer(0, [], call=call)
        return asked if route.entry.when.of_call().test()(asked) else None


def read_json(response: Response) -> Json:
    """The body as JSON that a step may edit, ABSENT where it is empty or something else."""
    body = read_text(response)
    return body.value if body.is_read else ABSENT


def read_text(response: Response) -> Body:
    """The body where a step may edit it: one JSON text, in a charset that it can be written in again; else none.

    JSON line by line and server-sent events may go on for ever: they pass through as they are.
    """
    first = response.body.lstrip()[:1]
    if not first or first == b"<" or len(response.body) > LIMIT or is_endless(response.content_type):
        return Body(Form.EMPTY)
    try:
        return Body(Form.JSON, parse(response.body))
    except (ValueError, RecursionError):
        body = read_body(response.body, header(response.headers, "content-type") or "")
        return body if body.form is Form.JSON and MISCODED not in body.remarks else Body(Form.EMPTY)


def _moved(request: Request, prefixes: Iterable[Moved]) -> Request:
    """A call that no entry knows, under the first prefix that its path begins with."""
    path = request.path
    for prefix in prefixes:
        rest = path.removeprefix(prefix.from_.rstrip("/"))
        if (rest != path or prefix.from_ == "/") and (not rest or rest.startswith("/")):
            at = request.url.index(path, request.url.index("//") + 2 if "//" in request.url else 0)
            moved = prefix.to.rstrip("/") + rest
            return replace(request, url=request.url[:at] + moved + request.url[at + len(path) :])
    return request


def _decoded(raw: Mapping[str, str]) -> dict[str, str]:
    return {name: decoded(value) for name, value in raw.items()}


def _holding(matching: Sequence[tuple[_Route, Call]], answer: Answer) -> list[_Route]:
    """Of the first operation, the entries that hold for the answer, which then has its call."""
    found: list[_Route] = []
    for route, call in matching:
        if found and (route.old.text, route.entry.forward) != (found[0].old.text, found[0].entry.forward):
            break
        answer.call = call
        if route.holds(answer):
            found.append(route)
    return found


def _alike(left: Request, right: Request) -> bool:
    """Whether two requests ask the same thing: parameters may stand in another order."""
    return (left.method, left.path, sorted(left.query)) == (right.method, right.path, sorted(right.query))


def _route(entry: Entry) -> _Route:
    method, _, path = entry.forward.partition(" ")
    return _Route(
        entry,
        PathTemplate(entry.template),
        PathTemplate(path) if path else None,
        method,
        entry.when.test(),
        (lambda answer: False) if entry.rewrite is None else entry.rewrite.of_call().test(),
        tuple(learned.step.compile() for learned in entry.request),
        tuple(undo.compile() for learned in reversed(entry.request) if (undo := learned.step.inverse()) is not None),
        tuple(_compiled((*entry.response, *chosen(entry)))),
        _sources(entry.response),
    )


def _rank(route: _Route) -> tuple[object, ...]:
    """The most specific first; an entry with a condition before one without."""
    literal = max(route.old.literal, route.new.literal if route.new else 0)
    return (-literal, len(route.old.variables), -_narrow(route), route.old.text, route.entry.forward)


def _old_rank(route: _Route, *, goes: bool = True) -> tuple[object, ...]:
    """The same for a call in OLD's form; of two that know it as well, the one that says where it goes."""
    return (-route.old.literal, len(route.old.variables), -_narrow(route), not goes, not route.rewrites)


def _narrow(route: _Route) -> int:
    return len(route.entry.when.query) + len(route.entry.when.path) + bool(route.entry.discriminator)


def _compiled(steps: Sequence[Learned]) -> list[_Ready]:
    waiting = iter(steps)
    ready = []
    for run in together([learned.step for learned in steps]):
        each = tuple((learned, learned.step.compile()) for learned in islice(waiting, len(run)))
        ready.append(_Ready(each, compiled(run), isinstance(run[0], (BodyStep, Refuse))))
    return ready


def _run(steps: Iterable[_Ready], answer: Answer) -> bool:
    """Edit the answer; whether its body was."""
    in_body = False
    for step in steps:
        before = answer.edits
        step.apply(answer)
        in_body = in_body or (step.on_body and answer.edits != before)
    return in_body


def _sources(steps: Sequence[Learned]) -> tuple[str, ...]:
    """What the steps read of the body as NEW sent it."""
    named = [source for learned in steps for source in learned.step.sources()]
    return tuple(dict.fromkeys(source for source in named if received_place(source) is not None))


def _with_length(headers: Headers, length: int) -> Headers:
    """The body's length where the answer said one; nothing else of the headers follows from the body."""
    return tuple((name, str(length) if name.lower() == _LENGTH else value) for name, value in headers)
