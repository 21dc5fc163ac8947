"""Which operation of a recording somebody means who knows a method and a URL alone: what tracked code knows of its calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from harness.contract.places import stands_in
from harness.model.exchange import Exchange, Recording, Request, header
from harness.model.operation import Operation
from harness.model.reads import Access
from harness.model.template import decoded
from harness.schema.observed import Observed, observe
from harness.schema.operations import Operations
from harness.schema.summary import Summary

_MOST_HOPS = 20
_REDIRECTS = (301, 302, 303, 307, 308)

Address = tuple[str, str, tuple[tuple[str, str], ...]]
"""Method, decoded path, and query in the order of its names: host and port do not matter."""


@dataclass(frozen=True)
class Calls:
    """A recording, to be asked for the operations of accesses; `bodies` are what each operation answered."""

    operations: Operations
    bodies: Mapping[Operation, Sequence[Summary]]
    by_address: Mapping[Address, Sequence[Exchange]]
    by_path: Mapping[tuple[str, str], Sequence[Exchange]]

    @classmethod
    def of(cls, recording: Recording, operations: Operations) -> Calls:
        """`operations` as learned from the recording."""
        by_address: dict[Address, list[Exchange]] = defaultdict(list)
        by_path: dict[tuple[str, str], list[Exchange]] = defaultdict(list)
        for exchange in recording.exchanges:
            method, path, query = _address(exchange.request)
            by_address[method, path, query].append(exchange)
            by_path[method, path].append(exchange)
        seen = observe(recording.exchanges, operations)
        return cls(operations, {each.operation: _bodies(each) for each in seen}, by_address, by_path)

    def at(self, method: str, url: str) -> list[Operation]:
        """The operations that answer such calls; none where the recording does not have the call."""
        return list(dict.fromkeys(self._operations(Request(method.upper(), url), _MOST_HOPS)))

    def meant(self, access: Access) -> list[Operation]:
        """The operations whose answers were touched.

        Calls of several may share method and URL (GraphQL, JSON-RPC): those are meant that have the place, or all where none has.
        """
        found = self.at(access.method, access.url)
        return [each for each in found if stands_in(access.place, self.bodies[each])] or found

    def _operations(self, request: Request, hops: int) -> Iterable[Operation]:
        exchanges = self._recorded(request)
        if not exchanges:
            operation = self.operations.of(request)
            if operation in self.bodies:
                yield operation
        for exchange in exchanges:
            target = _redirected(exchange) if hops else None
            if target is None:
                yield self.operations.of(exchange.request)
            else:
                yield from self._operations(target, hops - 1)

    def _recorded(self, request: Request) -> Sequence[Exchange]:
        method, path, query = _address(request)
        return self.by_address.get((method, path, query)) or self.by_path.get((method, path), ())


def _redirected(exchange: Exchange) -> Request | None:
    """What is asked next, where the answer sends on: the code that asked sees the answer to that (RFC 9110, 15.4)."""
    response = exchange.response
    location = header(response.headers, "location") if response and response.status in _REDIRECTS else None
    if response is None or location is None:
        return None
    asked = exchange.request.method
    kept = response.status in (307, 308) or asked in ("GET", "HEAD")
    return Request(asked if kept else "GET", urljoin(exchange.request.url, location))


def _address(request: Request) -> Address:
    return request.method, decoded(request.path), tuple(sorted(request.query))


def _bodies(seen: Observed) -> list[Summary]:
    return [bodies.summary for by_type in seen.responses.values() for bodies in by_type.values()]
