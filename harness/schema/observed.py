"""What was seen of each operation: its parameters and its bodies, summarized by status and media type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from harness.model.exchange import Exchange, Request, Response, header
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.template import PathTemplate
from harness.schema.bodies import BATCH, Bodies, Gathered
from harness.schema.operations import Operations
from harness.schema.reading import media_type_of, members
from harness.schema.summary import Summary, merge

WAITING_BYTES = 32 * 2**20
"""So much text of all kinds together waits to be summarized."""

MOST_OPERATIONS = 5_000
"""Past so many operations, new discriminators on a path count as calls of the path alone."""


@dataclass(frozen=True)
class Observed:
    """One operation's traffic. `query` and `path` summarize objects, one a call: parameter to value (a list where repeated).

    Bodies are by media type ("" when not said); calls without a body have none, and `unanswered` have no response.
    """

    operation: Operation
    calls: int
    query: Summary
    requests: Mapping[str, Bodies] = field(default_factory=dict)
    responses: Mapping[int, Mapping[str, Bodies]] = field(default_factory=dict)
    path: Summary = field(default_factory=Summary)
    unanswered: int = 0


class Observer:
    """Takes in exchanges one at a time; what it holds grows with the operations and their shapes, not with the traffic."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self._traffic: dict[Operation, _Traffic] = {}
        self._waiting = 0

    def add(self, exchange: Exchange) -> None:
        """Take in one call."""
        operation = self._operations.of(exchange.request)
        if operation not in self._traffic and len(self._traffic) >= MOST_OPERATIONS:
            operation = replace(operation, discriminator="")
        traffic = self._traffic.get(operation)
        if traffic is None:
            traffic = self._traffic[operation] = _Traffic(PathTemplate(operation.template))
        self._waiting += traffic.add(exchange)
        if self._waiting > WAITING_BYTES:
            self._flush()

    def observed(self) -> list[Observed]:
        """The traffic so far, in the operations' order. What is added later does not change it."""
        self._flush()
        return [traffic.observed(operation) for operation, traffic in sorted(self._traffic.items())]

    def _flush(self) -> None:
        for traffic in self._traffic.values():
            traffic.flush()
        self._waiting = 0


def observe(exchanges: Iterable[Exchange], operations: Operations) -> list[Observed]:
    """The traffic of each operation that was called, in the operations' order."""
    observer = Observer(operations)
    for exchange in exchanges:
        observer.add(exchange)
    return observer.observed()


@dataclass
class _Traffic:
    template: PathTemplate
    calls: int = 0
    unanswered: int = 0
    path: Summary = field(default_factory=Summary)
    query: Summary = field(default_factory=Summary)
    parameters: list[tuple[Json, Json]] = field(default_factory=list)
    requests: dict[str, Gathered] = field(default_factory=dict)
    responses: dict[int, dict[str, Gathered]] = field(default_factory=dict)

    def add(self, call: Exchange) -> int:
        """Take in a call; how many bytes more are waiting now."""
        self.calls += 1
        self.parameters.append((self.template.match(call.request.path) or {}, members(call.request.query)))
        if len(self.parameters) >= BATCH:
            self._take_parameters()
        waiting = _add(self.requests, call.request)
        if call.response is None:
            self.unanswered += 1
            return waiting
        return waiting + _add(self.responses.setdefault(call.response.status, {}), call.response)

    def flush(self) -> None:
        """Summarize what waits."""
        self._take_parameters()
        for gathered in self._all():
            gathered.flush()

    def observed(self, operation: Operation) -> Observed:
        """All that is known of the operation."""
        return Observed(
            operation,
            self.calls,
            merge(self.query),
            _bodies(self.requests),
            {status: _bodies(by_type) for status, by_type in sorted(self.responses.items())},
            merge(self.path),
            self.unanswered,
        )

    def _take_parameters(self) -> None:
        for summary, values in zip((self.path, self.query), zip(*self.parameters, strict=True), strict=False):
            summary.add_all(values)
        self.parameters = []

    def _all(self) -> Iterator[Gathered]:
        yield from self.requests.values()
        for by_type in self.responses.values():
            yield from by_type.values()


def _add(by_type: dict[str, Gathered], message: Request | Response) -> int:
    if not message.body:
        return 0
    content_type = header(message.headers, "content-type") or ""
    said = media_type_of(content_type)
    return by_type.setdefault(said, Gathered(said)).add(message.body, content_type)


def _bodies(by_type: Mapping[str, Gathered]) -> dict[str, Bodies]:
    return {said: gathered.bodies() for said, gathered in sorted(by_type.items())}
