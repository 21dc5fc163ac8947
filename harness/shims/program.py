"""A shim compiled once: it finds what it knows of a call and turns NEW's answer back into OLD's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from http.client import responses
from urllib.parse import unquote, urlsplit, urlunsplit

from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.source import keep_received, received_place
from harness.lens.step import Apply, BodyStep
from harness.lens.steps.copy import Copy
from harness.lens.steps.names import Names
from harness.lens.steps.set_header import SetHeader
from harness.model.body import MISCODED, Body, Form, is_endless, read_body, written
from harness.model.exchange import Headers, Request, Response, header
from harness.model.json_text import Json, allow_depth, parse
from harness.model.template import PathTemplate
from harness.shims.document import Entry, Learned, Shim

DiscriminatorOf = Callable[[Request], str]

_LENGTH = "content-length"


@dataclass(frozen=True)
class Applied:
    """`edits` counts the places that steps changed; `known` says whether an entry of the shim knows the call."""

    response: Response
    edits: int
    known: bool


@dataclass(frozen=True)
class _Ready:
    """A step ready to run; `on_body` says whether its edits are edits of the body."""

    apply: Apply
    on_body: bool


@dataclass(frozen=True)
class _Route:
    """An entry ready to run. `old` matches the call as the plugin makes it, `new` (with its method) as NEW gets it."""

    entry: Entry
    old: PathTemplate
    new: PathTemplate | None
    new_method: str
    holds: Callable[[Answer], bool]
    steps: tuple[_Ready, ...]
    received: tuple[str, ...]

    def call(self, request: Request) -> Call | None:
        """The call in OLD's terms, whether it was made in OLD's form or in the forwarded one; None where it is another."""
        if (
            self.new is not None
            and request.method == self.new_method
            and (values := self.new.match(request.path)) is not None
        ):
            unsaid = dict.fromkeys(self.old.variables, "")  # NEW's form need not tell all that OLD's did
            return _call(self.entry.method, self.old.fill(unsaid | values), values, request)
        if request.method == self.entry.method and (values := self.old.match(request.path)) is not None:
            return _call(request.method, unquote(request.path), values, request)
        return None


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
        self._received = _sources((*shim.everywhere, *shim.otherwise))

    @property
    def reads_requests(self) -> bool:
        """Whether a request's body decides which entry knows it."""
        return any(route.entry.discriminator for route in self._routes)

    @property
    def knows_any(self) -> bool:
        """Whether there are steps for answers of calls that no entry knows."""
        return bool(self._otherwise or self._everywhere)

    def knows(self, request: Request) -> bool:
        """Whether an entry has steps for this call's answer, or for some of them."""
        return any(route.steps and self._is_of(route, request) and route.call(request) for route in self._routes)

    def forward(self, request: Request) -> Request:
        """The request as NEW wants it: moved where the most specific entry that knows it says so, else as it is."""
        asked = [route for route in self._routes if self._is_asked(route, request)]
        route = min(asked, key=_old_rank, default=None)
        values = route.old.raw(request.path) if route else None
        if route is None or route.new is None or values is None:
            return request
        parts = urlsplit(request.url)
        path = route.new.fill(values).replace(" ", "%20")  # a HAR made by hand may hold what a request line cannot
        moved = urlunsplit((parts.scheme, parts.netloc, path, parts.query, parts.fragment))
        return Request(route.new_method, moved, request.headers, request.body)

    def answer(self, request: Request, response: Response) -> Applied:
        """NEW's answer as OLD would have given it. Never raises for what an answer holds: what does not fit passes through."""
        read = read_text(response)
        answer = Answer(response.status, list(response.headers), read.value if read.is_read else ABSENT)
        routes = self._matching(request, answer)
        keep_received(answer, [*self._received, *(source for route in routes for source in route.received)])
        steps = [step for route in routes for step in route.steps]
        if not routes or any(route.entry.otherwise for route in routes):
            steps += self._otherwise
        in_body = _run((*steps, *self._everywhere), answer)
        if not answer.edits:
            return Applied(response, 0, bool(routes))
        body = written(answer.body, read.charset) if in_body else response.body
        headers = _with_length(tuple(answer.headers), len(body)) if in_body else tuple(answer.headers)
        reason = response.reason if answer.status == response.status else responses.get(answer.status, "")
        return Applied(Response(answer.status, headers, body, reason), answer.edits, bool(routes))

    def _matching(self, request: Request, answer: Answer) -> list[_Route]:
        """The entries of the most specific operation that knows the call and holds for the answer."""
        found: list[_Route] = []
        for route in self._routes:
            if found and (route.old.text, route.entry.forward) != (found[0].old.text, found[0].entry.forward):
                break
            if (call := route.call(request)) is None:
                continue
            if not self._is_of(route, request):
                continue
            answer.call = call
            if route.holds(answer):
                found.append(route)
        return found

    def _is_of(self, route: _Route, request: Request) -> bool:
        wanted = route.entry.discriminator
        return not wanted or wanted == self._discriminator(request)

    def _is_asked(self, route: _Route, request: Request) -> bool:
        """Whether the call, in OLD's form, is one that the entry is about."""
        values = route.old.match(request.path) if request.method == route.entry.method else None
        if values is None or not self._is_of(route, request):
            return False
        when = route.entry.when
        asked = Answer(0, [], call=_call(request.method, request.path, values, request))
        return replace(when, status="", body=()).test()(asked)


def read_json(response: Response) -> Json:
    """The body as JSON that a step may edit, ABSENT where it is empty or something else."""
    body = read_text(response)
    return body.value if body.is_read else ABSENT


def read_text(response: Response) -> Body:
    """The body where a step may edit it: one JSON text, in a charset that it can be written in again; else none.

    JSON line by line and server-sent events may go on for ever: they pass through as they are.
    """
    first = response.body.lstrip()[:1]
    if not first or first == b"<" or is_endless(response.content_type):
        return Body(Form.EMPTY)
    try:
        return Body(Form.JSON, parse(response.body))
    except (ValueError, RecursionError):
        body = read_body(response.body, header(response.headers, "content-type") or "")
        return body if body.form is Form.JSON and MISCODED not in body.remarks else Body(Form.EMPTY)


def _call(method: str, path: str, values: dict[str, str], request: Request) -> Call:
    query: dict[str, str] = {}
    for name, value in request.query:
        query.setdefault(name, value)
    return Call(method, path, values, query)


def _route(entry: Entry) -> _Route:
    method, _, path = entry.forward.partition(" ")
    return _Route(
        entry,
        PathTemplate(entry.template),
        PathTemplate(path) if path else None,
        method,
        entry.when.test(),
        tuple(_compiled(entry.response)),
        _sources(entry.response),
    )


def _rank(route: _Route) -> tuple[object, ...]:
    """The most specific first; an entry with a condition before one without."""
    literal = max(route.old.literal, route.new.literal if route.new else 0)
    return (-literal, len(route.old.variables), -_narrow(route), route.old.text, route.entry.forward)


def _old_rank(route: _Route) -> tuple[object, ...]:
    """The same for a call in OLD's form; of two that know it as well, the one that moved."""
    return (-route.old.literal, len(route.old.variables), -_narrow(route), route.new is None)


def _narrow(route: _Route) -> int:
    return len(route.entry.when.query) + len(route.entry.when.path) + bool(route.entry.discriminator)


def _compiled(steps: Sequence[Learned]) -> list[_Ready]:
    return [_Ready(learned.step.compile(), isinstance(learned.step, BodyStep)) for learned in steps]


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
    named = [
        learned.step.from_
        for learned in steps
        if isinstance(learned.step, (Copy, Names, SetHeader)) and learned.step.from_
    ]
    return tuple(dict.fromkeys(source for source in named if received_place(source) is not None))


def _with_length(headers: Headers, length: int) -> Headers:
    """The body's length where the answer said one; nothing else of the headers follows from the body."""
    return tuple((name, str(length) if name.lower() == _LENGTH else value) for name, value in headers)
