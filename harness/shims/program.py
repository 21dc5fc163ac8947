"""A shim compiled once: it finds what it knows of a call and turns NEW's answer back into OLD's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from http.client import responses
from itertools import chain
from types import MappingProxyType

from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.request import call_of, document_of, edited, rewritten
from harness.lens.source import keep_received
from harness.model.body import MISCODED, Body, Form, is_endless, read_body, written
from harness.model.exchange import Headers, Request, Response, header
from harness.model.json_text import Json, allow_depth, parse
from harness.model.template import PathTemplate
from harness.shims.document import Entry, Learned, Moved, Shim
from harness.shims.routes import Ready, Route, compiled_steps, holding, old_rank, rank, route_of, sources_of

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


class Program:
    """A compiled shim. Safe to use from several threads: it keeps no state between answers."""

    def __init__(self, shim: Shim, discriminator: DiscriminatorOf) -> None:
        """Raises ValueError where a step is not what it should be."""
        allow_depth()
        self.shim = shim
        self._discriminator = discriminator
        self._routes = sorted((route_of(entry) for entry in shim.entries), key=rank)
        self._everywhere = compiled_steps(shim.everywhere)
        self._otherwise = compiled_steps(shim.otherwise)
        self._requests = tuple(learned.step.compile() for learned in shim.requests)
        self._received = sources_of((*shim.everywhere, *shim.otherwise))

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
            route.steps and (self._call(route, request, Route.call) or self._call(route, request, Route.sent))
            for route in self._routes
        )

    def forward(self, request: Request) -> Request:
        """The request as NEW wants it: edited and moved as the most specific entry that knows it says, else as it is."""
        asked = [(route, call) for route in self._routes if (call := self._asked(route, request)) is not None]
        known = [route for route, call in asked if route.rewritable(call)]
        if asked and not known:
            return request
        route = min(known, key=old_rank, default=None)
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

    def _chosen(self, request: Request, answer: Answer) -> tuple[list[Route], list[Ready]]:
        """The entries that know the call, and the steps for its answer; what these read of it is kept."""
        routes = self._matching(request, answer)
        keep_received(answer, [*self._received, *(source for route in routes for source in route.received)])
        steps = [step for route in routes for step in route.steps]
        if not routes or any(route.entry.otherwise for route in routes):
            steps += self._otherwise
        return routes, steps + self._everywhere

    def _matching(self, request: Request, answer: Answer) -> list[Route]:
        """The entries that know the call in OLD's form; where none does, those by which NEW may have got it."""
        asked = self._knowing(request, Route.call)
        if asked:
            return holding(sorted(asked, key=lambda row: old_rank(row[0], goes=row[0].goes(row[1]))), answer)
        return holding(self._knowing(request, Route.sent), answer)

    def _knowing(self, request: Request, form: Callable[[Route, Request], Call | None]) -> list[tuple[Route, Call]]:
        found = ((route, self._call(route, request, form)) for route in self._routes)
        return [(route, call) for route, call in found if call is not None]

    def _call(self, route: Route, request: Request, form: Callable[[Route, Request], Call | None]) -> Call | None:
        return form(route, request) if self._is_of(route, request) else None

    def _is_of(self, route: Route, request: Request) -> bool:
        wanted = route.entry.discriminator
        return not wanted or wanted == self._discriminator(request)

    def _asked(self, route: Route, request: Request) -> Answer | None:
        """The call, in OLD's form, where it is one that the entry is about."""
        call = self._call(route, request, Route.call)
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


def _alike(left: Request, right: Request) -> bool:
    """Whether two requests ask the same thing: parameters may stand in another order."""
    return (left.method, left.path, sorted(left.query)) == (right.method, right.path, sorted(right.query))


def _run(steps: Iterable[Ready], answer: Answer) -> bool:
    """Edit the answer; whether its body was."""
    in_body = False
    for step in steps:
        before = answer.edits
        step.apply(answer)
        in_body = in_body or (step.on_body and answer.edits != before)
    return in_body


def _with_length(headers: Headers, length: int) -> Headers:
    """The body's length where the answer said one; nothing else of the headers follows from the body."""
    return tuple((name, str(length) if name.lower() == _LENGTH else value) for name, value in headers)
