"""A shim compiled once: it finds what it knows of a call and turns NEW's answer back into OLD's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit, urlunsplit

from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.step import Apply
from harness.lens.steps.copy import Copy
from harness.lens.steps.set_header import SetHeader
from harness.model.exchange import Headers, Request, Response
from harness.model.json_text import Json, parse, serialize
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
class _Route:
    """An entry ready to run. `old` matches the call as the plugin makes it, `new` (with its method) as NEW gets it."""

    entry: Entry
    old: PathTemplate
    new: PathTemplate | None
    new_method: str
    holds: Callable[[Answer], bool]
    steps: tuple[Apply, ...]
    reads_received: bool

    def call(self, request: Request) -> Call | None:
        """The call in OLD's terms, whether it was made in OLD's form or in the forwarded one; None where it is another."""
        if (
            self.new is not None
            and request.method == self.new_method
            and (values := self.new.match(request.path)) is not None
        ):
            return _call(self.entry.method, self.old.fill(values), values, request)
        if request.method == self.entry.method and (values := self.old.match(request.path)) is not None:
            return _call(request.method, unquote(request.path), values, request)
        return None


class Program:
    """A compiled shim. Safe to use from several threads: it keeps no state between answers."""

    def __init__(self, shim: Shim, discriminator: DiscriminatorOf) -> None:
        """Raises ValueError where a step is not what it should be."""
        self.shim = shim
        self._discriminator = discriminator
        self._routes = sorted((_route(entry) for entry in shim.entries), key=_rank)
        self._everywhere = _compiled(shim.everywhere)
        self._otherwise = _compiled(shim.otherwise)
        self._received = _reads_received((*shim.everywhere, *shim.otherwise))

    def forward(self, request: Request) -> Request:
        """The request as NEW wants it: moved where an entry says so, else as it is."""
        probe = Answer(0, [])
        for route in self._routes:
            values = route.old.raw(request.path)
            if route.new is None or values is None or request.method != route.entry.method:
                continue
            probe.call = _call(request.method, request.path, route.old.match(request.path) or {}, request)
            if route.entry.discriminator in ("", self._discriminator(request)) and _request_part(route)(probe):
                parts = urlsplit(request.url)
                moved = urlunsplit((parts.scheme, parts.netloc, route.new.fill(values), parts.query, parts.fragment))
                return Request(route.new_method, moved, request.headers, request.body)
        return request

    def answer(self, request: Request, response: Response) -> Applied:
        """NEW's answer as OLD would have given it. Never raises for what an answer holds: what does not fit passes through."""
        answer = Answer(response.status, list(response.headers), read_json(response))
        original = answer.body
        routes = self._matching(request, answer)
        if self._received or any(route.reads_received for route in routes):
            answer.received = read_json(response)
        steps = [step for route in routes for step in route.steps] if routes else self._otherwise
        for step in steps:
            step(answer)
        for step in self._everywhere:
            step(answer)
        if not answer.edits:
            return Applied(response, 0, bool(routes))
        body = response.body if original is ABSENT else serialize(answer.body)
        headers = _with_length(tuple(answer.headers), len(body))
        return Applied(Response(answer.status, headers, body, response.reason), answer.edits, bool(routes))

    def _matching(self, request: Request, answer: Answer) -> list[_Route]:
        """The entries of the most specific operation that knows the call and holds for the answer."""
        found: list[_Route] = []
        for route in self._routes:
            if found and (route.old.text, route.entry.forward) != (found[0].old.text, found[0].entry.forward):
                break
            if (call := route.call(request)) is None:
                continue
            if route.entry.discriminator and route.entry.discriminator != self._discriminator(request):
                continue
            answer.call = call
            if route.holds(answer):
                found.append(route)
        return found


def read_json(response: Response) -> Json:
    """The body as JSON, ABSENT where it is empty or something else."""
    first = response.body.lstrip()[:1]
    if not first or first == b"<":
        return ABSENT
    try:
        return parse(response.body)
    except (ValueError, RecursionError):
        return ABSENT


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
        _reads_received(entry.response),
    )


def _request_part(route: _Route) -> Callable[[Answer], bool]:
    when = route.entry.when
    return type(when)(query=when.query, path=when.path).test()


def _rank(route: _Route) -> tuple[object, ...]:
    """The most specific first; an entry with a condition before one without."""
    literal = max(route.old.literal, route.new.literal if route.new else 0)
    narrow = len(route.entry.when.query) + len(route.entry.when.path) + bool(route.entry.discriminator)
    return (-literal, len(route.old.variables), -narrow, route.old.text, route.entry.forward)


def _compiled(steps: Sequence[Learned]) -> list[Apply]:
    return [learned.step.compile() for learned in steps]


def _reads_received(steps: Sequence[Learned]) -> bool:
    return any(isinstance(learned.step, (Copy, SetHeader)) and "received(" in learned.step.from_ for learned in steps)


def _with_length(headers: Headers, length: int) -> Headers:
    """The body's length where the answer said one; nothing else of the headers follows from the body."""
    return tuple((name, str(length) if name.lower() == _LENGTH else value) for name, value in headers)
